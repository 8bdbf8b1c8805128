package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"path"
	"sync"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

const (
	pictureLimit = 10 << 20 // bytes
	fileLimit    = 50 << 20
	pictureCount = 256 // whose ids are remembered
)

// pictures remember under which ids Telegram keeps the pictures that were uploaded.
type pictures struct {
	mu  sync.Mutex // guards ids
	ids *lru[[sha256.Size]byte, string]
}

func newPictures() *pictures {
	return &pictures{ids: newLRU[[sha256.Size]byte, string](pictureCount)}
}

func (p *pictures) of(sum [sha256.Size]byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ids.get(sum)
}

// set keeps an id; an empty one is forgotten.
func (p *pictures) set(sum [sha256.Size]byte, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id == "" {
		p.ids.drop(sum)
	} else {
		p.ids.put(sum, id)
	}
}

// postFile sends a piece with a file, and gives the number of the message.
func (t *Telegram) postFile(ctx context.Context, chat string, p piece) (int, error) {
	params := p.params(chat)
	params.AddNonEmpty("caption", p.text)
	addEntities(params, "caption_entities", p)
	if p.isPhoto() {
		return t.postPhoto(ctx, params, p.file)
	}
	result, err := t.wire.upload(ctx, "sendDocument", params, uploadOf("document", p.file))
	if err != nil {
		return 0, err
	}
	return messageID(result), nil
}

func uploadOf(field string, f *bot.File) tgbotapi.RequestFile {
	name := path.Base(f.Name)
	if f.Name == "" {
		name = "file"
	}
	return tgbotapi.RequestFile{Name: field, Data: tgbotapi.FileBytes{Name: name, Bytes: f.Data}}
}

// postPhoto sends a picture, the second time by its id.
func (t *Telegram) postPhoto(ctx context.Context, params tgbotapi.Params, f *bot.File) (int, error) {
	sum := sha256.Sum256(f.Data)
	if id := t.pictures.of(sum); id != "" {
		params["photo"] = id
		result, err := t.wire.call(ctx, "sendPhoto", params)
		if err == nil {
			return messageID(result), nil
		}
		if !refused(err, "file identifier", "file_id", "file reference", "file_reference") {
			return 0, err
		}
		t.pictures.set(sum, "")
		delete(params, "photo")
	}
	result, err := t.wire.upload(ctx, "sendPhoto", params, uploadOf("photo", f))
	if err != nil {
		return 0, err
	}
	var m struct {
		Photo []tgbotapi.PhotoSize `json:"photo"`
	}
	if json.Unmarshal(result, &m) == nil {
		t.pictures.set(sum, largest(m.Photo))
	}
	return messageID(result), nil
}
