// Package place tells which time zone and which country somebody means, from the name
// of a town or from what their clock shows.
//
// [Find] reads a town, with its region or country if they gave one. [ByClock] has towns
// to choose from where it is a given time now. [FindCountry] reads a country. Each
// gives several where several are plausible: asking which is the caller's matter, and
// so is having the answer confirmed.
//
// A zone is always a name of the IANA time zone database, never an offset: the program
// needs time/tzdata, or the system's, to load it.
//
// # Data
//
// The 24,386 towns are those of GeoNames (https://www.geonames.org) with over 15,000
// inhabitants, and the capitals, used under the Creative Commons Attribution 4.0 licence:
// data/CREDIT gives the credit and says what was changed. They are as of April 2022, as
// Debian's libgeonames 0.3.0 has them; what that leaves out because it lies in no region
// (Singapore, Gibraltar) is as of April 2015, from Debian's libtimezonemap-data 0.4.6.
// Zones that were named or divided since (Kyiv, Ciudad Juárez, Coyhaique) are given as in
// version 2025b of the IANA database. Names that GeoNames' translations lack stand in
// data/also.txt. `go generate` makes the data anew.
//
// It is a megabyte in the program, is unpacked at the first question and takes about
// four megabytes from then on.
//
// # Caveats
//
// Whose a disputed place is, and what it is called, is as GeoNames has it; where the
// clocks change is as the IANA database has it. Nobody's view is meant by it. Kosovo has
// the code XK, which ISO 3166-1 leaves to users.
//
// Places under 15,000 inhabitants are missing, and so are some that have grown or were
// named lately. Towns under 100,000 are known by their English name, the one GeoNames
// gives, and those in the languages of their country; bigger ones in all languages there
// are. Six territories where next to nobody lives, Tokelau among them, have no town.
//
// A name that is no town's but begins one's, or is a letter off, is taken for it. So
// what Find gives is a question to ask, not an answer.
package place

//go:generate internal/gather/fetch
