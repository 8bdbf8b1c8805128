package place_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"kintsugi/flows/place"
	"pgregory.net/rapid"
)

// brief writes places as the tables below do: "Berlin DE; Paris FR".
func brief(places []place.Place) string {
	var out []string
	for _, p := range places {
		out = append(out, p.Name+" "+p.Country)
	}
	return strings.Join(out, "; ")
}

func TestFindGivesTheOnePlaceThatIsMeant(t *testing.T) {
	for query, want := range map[string]string{
		// As it is called.
		"São Paulo":    "São Paulo BR America/Sao_Paulo",
		"Berlin":       "Berlin DE Europe/Berlin",
		"London":       "London GB Europe/London",
		"Paris":        "Paris FR Europe/Paris",
		"new york":     "New York US America/New_York",
		"Singapore":    "Singapore SG Asia/Singapore",
		"The Hague":    "The Hague NL Europe/Amsterdam",
		"Reykjavík":    "Reykjavik IS Atlantic/Reykjavik",
		"Melbourne":    "Melbourne AU Australia/Melbourne",
		"Nice":         "Nice FR Europe/Paris",
		"Bath":         "Bath GB Europe/London",
		"Mobile":       "Mobile US America/Chicago",
		"Nouakchott":   "Nouakchott MR Africa/Nouakchott",
		"Vatican City": "Vatican City VA Europe/Vatican",
		"Nuuk":         "Nuuk GL America/Nuuk",
		"Kathmandu":    "Kathmandu NP Asia/Kathmandu",
		"Simferopol":   "Simferopol UA Europe/Simferopol",
		"Pristina":     "Pristina XK Europe/Belgrade",
		// Zones that are newer than the table.
		"Kyiv":          "Kyiv UA Europe/Kyiv",
		"Ciudad Juarez": "Ciudad Juárez MX America/Ciudad_Juarez",
		"Coyhaique":     "Coyhaique CL America/Coyhaique",
		"Ojinaga":       "Ojinaga MX America/Ojinaga",
		// Without marks, with the spelling of two letters, with other signs.
		"sao paulo":        "São Paulo BR America/Sao_Paulo",
		"SÃO PAULO":        "São Paulo BR America/Sao_Paulo",
		"köln":             "Cologne DE Europe/Berlin",
		"koeln":            "Cologne DE Europe/Berlin",
		"koln":             "Cologne DE Europe/Berlin",
		"Ko\u0308ln":       "Cologne DE Europe/Berlin",
		"München":          "Munich DE Europe/Berlin",
		"Muenchen":         "Munich DE Europe/Berlin",
		"Nuernberg":        "Nuremberg DE Europe/Berlin",
		"Zuerich":          "Zurich CH Europe/Zurich",
		"Malmoe":           "Malmo SE Europe/Stockholm",
		"København":        "Copenhagen DK Europe/Copenhagen",
		"Koebenhavn":       "Copenhagen DK Europe/Copenhagen",
		"Kobenhavn":        "Copenhagen DK Europe/Copenhagen",
		"lodz":             "Lodz PL Europe/Warsaw",
		"Łódź":             "Lodz PL Europe/Warsaw",
		"İSTANBUL":         "Istanbul TR Europe/Istanbul",
		"Xian":             "Xi'an CN Asia/Shanghai",
		"Xi’an":            "Xi'an CN Asia/Shanghai",
		"s-Hertogenbosch":  "'s-Hertogenbosch NL Europe/Amsterdam",
		"saint etienne":    "Saint-Etienne FR Europe/Paris",
		"kings lynn":       "Kings Lynn GB Europe/London",
		"ft worth":         "Fort Worth US America/Chicago",
		"Frankfurt (Oder)": "Frankfurt (Oder) DE Europe/Berlin",
		"frankfurt oder":   "Frankfurt (Oder) DE Europe/Berlin",
		"Halle (Saale)":    "Halle DE Europe/Berlin",
		"Washington, D.C.": "Washington US America/New_York",
		"washington dc":    "Washington US America/New_York",
		// In other languages and scripts.
		"cologne":        "Cologne DE Europe/Berlin",
		"Moskau":         "Moscow RU Europe/Moscow",
		"Wien":           "Vienna AT Europe/Vienna",
		"Lisboa":         "Lisbon PT Europe/Lisbon",
		"Bruxelles":      "Brussels BE Europe/Brussels",
		"Lüttich":        "Liège BE Europe/Brussels",
		"Nizza":          "Nice FR Europe/Paris",
		"Napoli":         "Naples IT Europe/Rome",
		"Filadelfia":     "Philadelphia US America/New_York",
		"Москва":         "Moscow RU Europe/Moscow",
		"Киев":           "Kyiv UA Europe/Kyiv",
		"Київ":           "Kyiv UA Europe/Kyiv",
		"Αθήνα":          "Athens GR Europe/Athens",
		"ΑΘΗΝΑ":          "Athens GR Europe/Athens",
		"Θεσσαλονίκη":    "Thessaloniki GR Europe/Athens",
		"東京":             "Tokyo JP Asia/Tokyo",
		"東京都":            "Tokyo JP Asia/Tokyo",
		"东京":             "Tokyo JP Asia/Tokyo",
		"ロンドン":           "London GB Europe/London",
		"大阪":             "Osaka JP Asia/Tokyo",
		"北京":             "Beijing CN Asia/Shanghai",
		"臺北市":            "Taipei TW Asia/Taipei",
		"서울":             "Seoul KR Asia/Seoul",
		"부산":             "Busan KR Asia/Seoul",
		"القاهرة":        "Cairo EG Africa/Cairo",
		"دبي":            "Dubai AE Asia/Dubai",
		"تهران":          "Tehran IR Asia/Tehran",
		"کراچی":          "Karachi PK Asia/Karachi",
		"תל אביב":        "Tel Aviv IL Asia/Jerusalem",
		"मुंबई":          "Mumbai IN Asia/Kolkata",
		"ঢাকা":           "Dhaka BD Asia/Dhaka",
		"கொழும்பு":       "Colombo LK Asia/Colombo",
		"กรุงเทพ":        "Bangkok TH Asia/Bangkok",
		"თბილისი":        "Tbilisi GE Asia/Tbilisi",
		"Երևան":          "Yerevan AM Asia/Yerevan",
		"Hà Nội":         "Hanoi VN Asia/Bangkok",
		"ＬＯＮＤＯＮ":         "London GB Europe/London",
		"Москва, Россия": "Moscow RU Europe/Moscow",
		// Short, old and homely names.
		"NYC":        "New York US America/New_York",
		"n.y.c.":     "New York US America/New_York",
		"LA":         "Los Angeles US America/Los_Angeles",
		"SF":         "San Francisco US America/Los_Angeles",
		"vegas":      "Las Vegas US America/Los_Angeles",
		"Philly":     "Philadelphia US America/New_York",
		"CDMX":       "Mexico City MX America/Mexico_City",
		"KL":         "Kuala Lumpur MY Asia/Kuala_Lumpur",
		"Rio":        "Rio de Janeiro BR America/Sao_Paulo",
		"Joburg":     "Johannesburg ZA Africa/Johannesburg",
		"Frankfurt":  "Frankfurt am Main DE Europe/Berlin",
		"Den Bosch":  "'s-Hertogenbosch NL Europe/Amsterdam",
		"Bombay":     "Mumbai IN Asia/Kolkata",
		"Saigon":     "Ho Chi Minh City VN Asia/Ho_Chi_Minh",
		"Peking":     "Beijing CN Asia/Shanghai",
		"Kiev":       "Kyiv UA Europe/Kyiv",
		"Nur-Sultan": "Astana KZ Asia/Almaty",
		"Astana":     "Astana KZ Asia/Almaty",
		// With where it lies.
		"springfield illinois":       "Springfield US America/Chicago",
		"springfield il":             "Springfield US America/Chicago",
		"Springfield, MA":            "Springfield US America/New_York",
		"Springfield, Illinois, USA": "Springfield US America/Chicago",
		"paris tx":                   "Paris US America/Chicago",
		"Paris, Texas, USA":          "Paris US America/Chicago",
		"Texas Paris":                "Paris US America/Chicago",
		"london, canada":             "London CA America/Toronto",
		"London ON":                  "London CA America/Toronto",
		"UK London":                  "London GB Europe/London",
		"Cork Ireland":               "Cork IE Europe/Dublin",
		"Perth Scotland":             "Perth GB Europe/London",
		"Perth WA":                   "Perth AU Australia/Perth",
		"vancouver wa":               "Vancouver US America/Los_Angeles",
		"portland me":                "Portland US America/New_York",
		"Portland or":                "Portland US America/Los_Angeles",
		"Naples FL":                  "Naples US America/New_York",
		"athens georgia":             "Athens US America/New_York",
		"sydney nsw":                 "Sydney AU Australia/Sydney",
		"St Johns Newfoundland":      "St. John's CA America/St_Johns",
		"San José, Costa Rica":       "San José CR America/Costa_Rica",
		"hyderabad pakistan":         "Hyderābād PK Asia/Karachi",
		"Cordoba, Cordoba":           "Córdoba AR America/Argentina/Cordoba",
		"Wien, Österreich":           "Vienna AT Europe/Vienna",
		"Lagos Portugal":             "Lagos PT Europe/Lisbon",
		// In a sentence.
		"I'm in Köln right now": "Cologne DE Europe/Berlin",
		"i live in berlin":      "Berlin DE Europe/Berlin",
		"near Leeds":            "Leeds GB Europe/London",
		"Berlin time":           "Berlin DE Europe/Berlin",
		"London 🙂":              "London GB Europe/London",
		"  London!  ":           "London GB Europe/London",
		"\x00London\x00":        "London GB Europe/London",
		// A letter off.
		"Lodon":                "London GB Europe/London",
		"Pariss":               "Paris FR Europe/Paris",
		"Brelin":               "Berlin DE Europe/Berlin",
		"Los Angelos":          "Los Angeles US America/Los_Angeles",
		"San Fransisco":        "San Francisco US America/Los_Angeles",
		"Melborne":             "Melbourne AU Australia/Melbourne",
		"Canbera":              "Canberra AU Australia/Sydney",
		"mumbay":               "Mumbai IN Asia/Kolkata",
		"nairobbi":             "Nairobi KE Africa/Nairobi",
		"newyork":              "New York US America/New_York",
		"springfeild illinois": "Springfield US America/Chicago",
		// A country or region that has one zone.
		"Germany":          "Berlin DE Europe/Berlin",
		"Deutschland":      "Berlin DE Europe/Berlin",
		"UK":               "London GB Europe/London",
		"Scotland":         "Glasgow GB Europe/London",
		"Northern Ireland": "Belfast GB Europe/London",
		"Bavaria":          "Munich DE Europe/Berlin",
		"Bavaria, Germany": "Munich DE Europe/Berlin",
		"Hawaii":           "Honolulu US Pacific/Honolulu",
		"Lebanon":          "Beirut LB Asia/Beirut",
	} {
		got := place.Find(query)
		if len(got) != 1 || got[0].Name+" "+got[0].Country+" "+got[0].Zone != want {
			t.Errorf("%q: %v, want %s alone", query, got, want)
		}
	}
}

func TestFindGivesSeveralWhereSeveralArePlausible(t *testing.T) {
	for query, want := range map[string]string{
		"Springfield":   "Springfield US; Springfield US; Springfield US; Springfield US; Springfield US; Springfield US; Springfield US; Springfield US",
		"Birmingham":    "Birmingham GB; Birmingham US",
		"Cambridge":     "Cambridge GB; Cambridge CA; Cambridge US",
		"St Petersburg": "Saint Petersburg RU; St. Petersburg US",
		"Kansas City":   "Kansas City US; Kansas City US",
		"Portland":      "Portland US; Portland US",
		"York":          "York GB; York US",
		"Valencia":      "Valencia VE; Valencia ES",
		"Cordoba":       "Córdoba AR; Córdoba ES",
		"Tripoli":       "Tripoli LY; Tripoli LB",
		"Newcastle":     "Newcastle ZA; Newcastle AU; Newcastle upon Tyne GB",
		"Washington":    "Washington US; Seattle US",
		"Georgia":       "Tbilisi GE; Atlanta US",
		"Texas":         "Houston US; El Paso US",
		"Korea":         "Seoul KR; Pyongyang KP",
		"Ontario":       "Toronto CA; Ontario US; Thunder Bay CA",
	} {
		if got := brief(place.Find(query)); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

func TestFindGivesNothingForWhatIsNoPlace(t *testing.T) {
	for _, query := range []string{
		"", " ", "\x00", "🙂", "🙂🙂🙂", "...", "'", "\xff\xfe", "\u0301",
		"no", "yes", "ok", "in", "maybe", "skip", "here", "home", "hello", "idk", "n/a", "/back",
		"none", "nothing", "nowhere", "somewhere", "none of your business", "the moon",
		"i don't know", "I'd rather not say", "not telling", "good morning", "my house",
		"12:30", "it's 3pm", "90210", "asdfgh", "qwerty", "xqzzt", "EST", "GMT", "UTC+2",
		"London, Germany", "Springfield, France",
		strings.Repeat("a", 100_000), strings.Repeat("London ", 100_000/7), strings.Repeat("ö", 100_000),
		strings.Repeat("a b ", 50),
	} {
		if got := place.Find(query); got != nil {
			t.Errorf("%.40q: %s, want nothing", query, brief(got))
		}
	}
}

func TestARegionTellsPlacesApart(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range place.Find("Springfield") {
		if p.Region == "" || seen[p.Region] {
			t.Errorf("%v does not tell itself from the others", p)
		}
		seen[p.Region] = true
	}
}

// Property: whatever is said, what comes is short, each once, and fit for use.
func TestWhatIsFoundIsFitForUse(t *testing.T) {
	codes := map[string]bool{}
	for _, c := range place.Countries() {
		codes[c.Code] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		query := rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`[a-z]{1,8}( [a-z]{1,6}){0,3}`),
			rapid.SampledFrom([]string{"saint", "san", "new", "port", "los", "北", "المد", "Но"}),
		).Draw(t, "query")
		checkFound(t, codes, query)
	})
}

func checkFound(t interface{ Fatalf(string, ...any) }, codes map[string]bool, query string) {
	got := place.Find(query)
	if len(got) > 8 {
		t.Fatalf("%q gives %d places", query, len(got))
	}
	seen := map[string]bool{}
	for _, p := range got {
		if p.Name == "" || !codes[p.Country] || seen[fmt.Sprint(p)] && p.Region != "" {
			t.Fatalf("%q gives %v", query, got)
		}
		seen[fmt.Sprint(p)] = true
		if _, err := time.LoadLocation(p.Zone); err != nil || !strings.Contains(p.Zone, "/") || strings.HasPrefix(p.Zone, "Etc/") {
			t.Fatalf("%q gives the zone %q", query, p.Zone)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "London", "st. john's", "a b c d", "köln\x00", "東京 日本", "\xff", "paris, tx usa"} {
		f.Add(s)
	}
	codes := map[string]bool{}
	for _, c := range place.Countries() {
		codes[c.Code] = true
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkFound(t, codes, s)
		place.FindCountry(s)
	})
}

func BenchmarkFind(b *testing.B) {
	place.Find("London") // unpacked before
	for _, query := range []string{"London", "springfield il", "San Fransisco", "Brazil", "nowhere to be found", strings.Repeat("word ", 12)} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				place.Find(query)
			}
		})
	}
}
