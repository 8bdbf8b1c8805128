package discord

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
)

const (
	maxSkew     = 5 * time.Second // between our clock and theirs
	fewSessions = 20              // left of the day, at which something seems to be wrong
)

// Examine tries out what a Discord is made with, and says what it finds. It changes
// nothing.
func Examine(ctx context.Context, o Options) []bot.Finding {
	o = o.withDefaults()
	r := newRest(o, o.Log)
	defer r.client.CloseIdleConnections()
	var me discordgo.User
	header, err := r.do(ctx, meCall(), &me)
	if err != nil {
		return []bot.Finding{tokenTrouble(err)}
	}
	found := []bot.Finding{
		{OK: true, What: fmt.Sprintf("Discord takes the token: the bot is called %q", me.Username)},
		clockFinding(header, o.Clock.Now()),
		sessionsFinding(ctx, r),
	}
	return append(found, applicationFindings(ctx, r, o.Words)...)
}

// tokenTrouble says why nothing can be found out.
func tokenTrouble(err error) bot.Finding {
	e := asCallError(err)
	switch {
	case e != nil && e.status == http.StatusUnauthorized:
		return bot.Finding{
			What: "Discord does not take the token",
			Do:   "make a new one in the developer portal (Bot, Reset Token) and put it where the configuration says",
		}
	case e != nil && e.status == 0:
		return bot.Finding{What: "Discord can't be reached: " + e.reason, Do: "look at the network, a proxy or a firewall, and at discordstatus.com"}
	}
	return bot.Finding{What: fmt.Sprintf("Discord answers with an error: %v", err), Do: "try again later, and look at discordstatus.com"}
}

func clockFinding(header http.Header, now time.Time) bot.Finding {
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return bot.Finding{OK: true, What: "Discord does not say what time it is"}
	}
	// Their time is cut down to the second.
	if skew := now.Sub(theirs).Abs(); skew > maxSkew+time.Second {
		return bot.Finding{
			What: fmt.Sprintf("this computer's clock and Discord's are %v apart", skew.Round(time.Second)),
			Do:   "set the clock, best by a time service: reminders come by it",
		}
	}
	return bot.Finding{OK: true, What: "this computer's clock agrees with Discord's"}
}

func sessionsFinding(ctx context.Context, r *rest) bot.Finding {
	var found discordgo.GatewayBotResponse
	if _, err := r.do(ctx, gatewayCall(), &found); err != nil {
		return bot.Finding{What: fmt.Sprintf("the gateway's address can't be had: %v", err), Do: "try again later, and look at discordstatus.com"}
	}
	limit := found.SessionStartLimit
	what := fmt.Sprintf("%d of %d sessions are left today", limit.Remaining, limit.Total)
	if limit.Total > 0 && limit.Remaining < fewSessions {
		return bot.Finding{What: what, Do: "see whether a second program uses the token, and whether this one is started over and over"}
	}
	return bot.Finding{OK: true, What: what}
}

func applicationFindings(ctx context.Context, r *rest, w Words) []bot.Finding {
	var app discordgo.Application
	c := call{route: "GET oauth2/applications/@me", url: discordgo.EndpointOAuth2Application("@me")}
	if _, err := r.do(ctx, c, &app); err != nil || !isID(app.ID) {
		return []bot.Finding{{What: "the application can't be looked at", Do: "try again later, and look at discordstatus.com"}}
	}
	link := "https://discord.com/oauth2/authorize?client_id=" + app.ID
	return []bot.Finding{
		commandsFinding(ctx, r, app.ID, w),
		{OK: true, What: "people add the bot with " + link + " (for themselves, or for a server)"},
	}
}

func commandsFinding(ctx context.Context, r *rest, app string, w Words) bot.Finding {
	want := commandsOf(w)
	same, err := r.registered(ctx, app, want)
	switch {
	case err != nil:
		return bot.Finding{What: fmt.Sprintf("the commands can't be looked at: %v", err), Do: "try again later, and look at discordstatus.com"}
	case !same:
		return bot.Finding{
			What: "Discord does not have our commands, or has others",
			Do:   "start Kintsugi once: it registers them, and what is said in words works meanwhile",
		}
	}
	return bot.Finding{OK: true, What: fmt.Sprintf("Discord has our %d commands", len(want))}
}
