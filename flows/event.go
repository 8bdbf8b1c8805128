package flows

// EventKind says what happened to a person.
type EventKind int

const (
	// Said is text that the person wrote: an answer, a command, anything.
	Said EventKind = iota + 1
	// Pressed is a button that the person pressed.
	Pressed
	// Sent is anything else that a person sends: a sticker, a voice note, a photo
	// that is not ready yet.
	Sent
	// PhotoReady is a photo that has been fetched and can be kept, with [KeepPhoto].
	PhotoReady
	// Lapsed is a wait whose time has passed.
	Lapsed
	// Nudged is something coming back by itself, as the person set it.
	Nudged
	// Opened is the chat coming into view: the program was started in a terminal.
	Opened
	// PhotoFailed is a photo that could not be fetched, or is none.
	PhotoFailed
	// Invited is somebody coming by the code of another, who invites them.
	Invited
)

// Why a photo that was fetched is not kept, where that has a name.
const (
	PhotoFull     = "full"  // there is no room for another
	PhotoTooLarge = "large" // it takes too much to open
	PhotoUnknown  = "kind"  // it is damaged, or of no kind that can be opened
)

// Event is one thing that happened to one person. Only the fields that belong to
// its kind are set.
type Event struct {
	Kind EventKind
	// Text is what was said, or the words that came with a photo: valid UTF-8, otherwise
	// as it came.
	Text string
	// Token is the [Button.Token] of the button that was pressed.
	Token string
	// Thing names what was sent: "photo", "voice", "video", "sticker", "location",
	// "contact", "document", "edit" (an earlier message was changed), "forward" (whose
	// words may be another's), or "other". With PhotoFailed it says why: [PhotoFull],
	// [PhotoTooLarge], [PhotoUnknown] or nothing.
	Thing string
	// Photo is the reference of a photo: with Sent the platform's, by which it can be
	// fetched, or nothing where it can't be; with PhotoReady that of the photo as it is
	// kept.
	Photo string
	// Fetch is the [Fetch.ID] that PhotoReady or PhotoFailed came of.
	Fetch string
	// Nudge is the [SetNudge.ID] of what comes back, About what it is about, and Flow
	// its flow.
	Nudge, About, Flow string
	// Unreached says that the person could not be reached until now.
	Unreached bool
	// Loose is the [SetNudge.Loose] of it.
	Loose bool
	// Wait is the [Await.ID] of the wait that lapsed.
	Wait string
}
