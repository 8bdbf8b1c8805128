// Package coach reads a sentence that somebody typed, offline and in microseconds: what
// it does to the other person, what it holds, and whether somebody may be in danger.
//
// [Language.Read] gives the findings of a draft – an I-statement, an apology, a request
// or a promise – and the parts that are there. [Language.Danger] is the crisis floor.
// Everything that either says names the words that it comes from and the pattern that
// found them. No pattern stands in Go: a language is a folder of data, such as
// flows/coach/english, and another language is another folder.
//
// # The folder of a language
//
//	spelling.yaml    contractions and slang, and what they stand for
//	irregular.yaml   verbs whose forms follow no rule
//	real.txt         words that look like a slip of another and are none
//	feelings.yaml    feeling words with kind and strength; faux feelings
//	words/           classes of words, by name
//	scope/           patterns behind which words are not the writer's own
//	statement/ apology/ request/ promise/ crisis/
//	                 patterns, one file for each rule, part or danger
//	cues/            words, and two or three of them, with their weights for a danger
//	doubts/          words, and two in a row, with what they say of a rule beside them
//	hunches/         words, and two in a row, with what they say of a rule or part
//
// [Load] reads all this. A program reads a compiled form of it, which [English] holds and
// README.md says how to make.
//
// # How a text is read
//
// Words are compared in lower case, without accents, with contractions undone: "don’t",
// "don't" and "dont" are the two words "do" and "not", "he's" is "he" and "'s", which may
// be an is or a has. Any number is "#". A word of five letters or more that nobody knows
// is taken for the one that it is a single slip away from.
//
// Full stops, line ends and emoji end a sentence. Commas, conjunctions and a subject in
// the middle begin a clause, since people leave the full stops out. Of every word the
// coach knows these traits:
//
//	quoted       between quotation marks
//	reported     behind "you said", "he told me", "she called me"
//	denied       behind "I never said", "I don't think", "it's not that"
//	negated      up to five words behind a "not" in the clause
//	question     its sentence ends with a question mark
//	conditional  behind an "if"
//
// and the subject of its clause: self (I), us (we), you, they (he, she, my husband, Tom),
// outsider (my mother, the kids), thing (it, the kitchen), or nobody, where none is named.
//
// # A file of patterns
//
//	rule: absolute            or part:, crisis:, scope:
//	title: always and never   its name for people
//	order: 30                 of two findings, the lower is mended first
//	yields: clause            not given where another rule is, in that clause, sentence or text
//	modes: [apology]          further kinds of draft that the file serves
//	hints: [...]              what people read; {words} are the words that triggered it
//	guard: {unless: quoted denied, subject: you they}
//	patterns:
//	  - find: "[@always] ..2 @verb"
//	    yes: you always interrupt me        a text in which this pattern fits
//	    no: i always interrupt you          one in which it does not, and the sign is not given
//	    hint: …                             in place of the file's
//	except:                                 where one fits, the sign is not given for the words
//	  - find: "never forget @possessive birthday"       that it covers, at least in part
//	    yes: you never forget my birthday   a text in which the sign is not given, since this fits
//	    no: you never forgot a grudge       a text in which it does not fit
//
// A guard is tested at the first word of the trigger. A pattern's own keys go before those of the
// file's guard (which exceptions do not inherit); "none" and "any" take them away:
//
//	needs, unless                 traits that have to hold, or may not
//	subject, not-subject          one of these, or none of these
//	clause-has, clause-lacks      a class ("@praise") or a word, in the trigger's clause
//	sentence-has, sentence-lacks  in its sentence
//	text-has, text-lacks          anywhere within forty words
//
// # The language of patterns
//
//	word         this word; a contraction is its two words
//	@class       a word, or words, of a class; @class:past only those forms of its verbs:
//	             base, s, past, part (the participle), ing
//	%hit         any form of a verb
//	#            a number
//	_            any word
//	..  ..5      up to three words, or five, that do not leave the clause
//	>>  >>20     up to twelve words, or twenty, that do not leave the sentence
//	(a b | c)    one or the other
//	x?           perhaps
//	!x           not followed by; !(a | b) as well
//	<x  <!x      the word before is x, or is not: a word, a class or a verb
//	^  $         a clause begins here, ends here
//	^^  $$       a sentence begins here, ends here
//	//           the next sentence begins here; without it no pattern leaves its sentence
//	[…]          the trigger, whose words are shown; without it, all that fits
//
// A pattern begins with a word or a class. Gaps take as few words as will do. In the
// lists of a class, "lie/v" is a verb with its forms, "liar/n" a noun with its plural,
// "let/v down" several words, and "@other" the whole of another class. All verbs
// together are the class "verb".
//
// # Cues and evidence
//
// Dangers are told of by patterns and by cues: words, and two or three of them, that say little
// alone and have a weight each. The files in cues/ hold them, one line for each:
//
//	0.80 want _ sleep        two words with one between them
//	0.35 never _ see you     three with one between the first two, or the last two
//	0.25 bottle .. bridge    two that stand up to six words apart
//	0.40 ^ goodbye           a sentence begins with it
//	1.10 any more $          and ends with it
//	0.30 =wanted to          "wanted", and not "want"
//	1.20 <who> <blow> me     any words of these kinds
//
// The kinds of words are the classes "kind-who", "kind-blow" and so on in words/kinds.yaml; the
// class "small-words" there has those that say nothing beside a word further off.
// Words stand there without their endings, but for those behind a "=". They are learnt from
// the labelled sentences and from the examples that stand beside the patterns, and can be
// read and amended by hand. A pattern that fits has a weight as well, and so has an
// exception, against. Where the evidence for a danger is over its bar, [Language.Danger]
// reports it. It is added up over passages of sixty words at most, and over each sentence
// and each stretch of a long one by itself, so that what stands beside a danger hardly ever
// silences it.
//
// # Doubts
//
// A pattern sees what is said, and less of what it is said of: "every single time" is one thing
// before "you forget" and another before "the dog barks". The files in doubts/, one for each
// kind of draft that has one, give weights to the words before, in and after the words of a
// rule, within its sentence, and to the rule itself:
//
//	bar -0.50             a rule is given if they come to more than this
//	1.35 rule should
//	-0.74 before say
//	0.39 in my
//	0.37 after the kid
//
// They are learnt from rules that patterns gave rightly and wrongly. What can't be shared with
// the other is never doubted.
//
// # Hunches
//
// There are more ways of saying something than anybody writes patterns for. The files in
// hunches/, one for each kind of draft that has one, give weights for each rule and part to
// words, and to what patterns found in the same passage of sixty words at most:
//
//	bar rule 0.50                  a rule is given if its weights come to more than this
//	bar block 2.00                 likewise one that can't be shared with the other
//	bar part 1.00                  likewise a part
//	bar lost 0.50                  a part that a pattern found is taken away under this
//	-1.20 threat                   what speaks for a threat before a word is read
//	-0.80 threat beside label      where name-calling was found as well
//	0.52 threat: or else
//
// Words that are quoted, reported or denied count for nothing. What is given on a hunch names
// the clause that says the most, and the file. Rules are taken away by doubts alone.
//
// # Caveats
//
// The coach knows words, not meaning. It misses irony, hints, quiet and indirect words,
// what needs the sentence before, and what nobody thought of. It can be fooled on
// purpose. It takes a side on nothing: a finding says that a sentence will be harder to
// hear, never that the writer is wrong. The crisis floor is a floor: that it finds
// nothing says nothing about safety.
package coach
