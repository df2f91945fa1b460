package main

import (
	"errors"
	"time"

	"github.com/apache/flink-statefun/statefun-sdk-go/v3/pkg/statefun"
)

// Order is what sink-messages.ts says of it; see javascript/sink.ts for what comes of each.
type Order struct {
	Do           string  `json:"do"`
	State        string  `json:"state"`
	Text         string  `json:"text"`
	Typename     string  `json:"typename"`
	ID           string  `json:"id"`
	Millis       int64   `json:"millis"`
	Token        *string `json:"token"`
	Topic        string  `json:"topic"`
	Key          *string `json:"key"`
	Stream       string  `json:"stream"`
	PartitionKey string  `json:"partitionKey"`
	HashKey      *string `json:"hashKey"`
}

// Note is kept in a state of its own.
type Note struct {
	Text string `json:"text"`
}

var (
	orderType = statefun.MakeJsonType(statefun.TypeNameFrom("languages.types/order"))
	noteType  = statefun.MakeJsonType(statefun.TypeNameFrom("languages.types/note"))

	boolSpec       = statefun.ValueSpec{Name: "bool_value", ValueType: statefun.BoolType}
	intSpec        = statefun.ValueSpec{Name: "int_value", ValueType: statefun.Int32Type}
	longSpec       = statefun.ValueSpec{Name: "long_value", ValueType: statefun.Int64Type}
	floatSpec      = statefun.ValueSpec{Name: "float_value", ValueType: statefun.Float32Type}
	doubleSpec     = statefun.ValueSpec{Name: "double_value", ValueType: statefun.Float64Type}
	stringSpec     = statefun.ValueSpec{Name: "string_value", ValueType: statefun.StringType}
	afterWriteSpec = statefun.ValueSpec{Name: "after_write", ValueType: statefun.StringType, Expiration: statefun.ExpireAfterWrite(time.Hour)}
	afterCallSpec  = statefun.ValueSpec{Name: "after_call", ValueType: statefun.StringType, Expiration: statefun.ExpireAfterCall(30 * time.Minute)}
	noteSpec       = statefun.ValueSpec{Name: "note", ValueType: noteType}

	sinkSpecs = []statefun.ValueSpec{boolSpec, intSpec, longSpec, floatSpec, doubleSpec, stringSpec, afterWriteSpec, afterCallSpec, noteSpec}
)

func sink(ctx statefun.Context, message statefun.Message) error {
	switch {
	case message.IsBool():
		var before bool
		store(ctx, boolSpec, &before, message.AsBool())
	case message.IsInt32():
		var before int32
		store(ctx, intSpec, &before, message.AsInt32())
	case message.IsInt64():
		var before int64
		store(ctx, longSpec, &before, message.AsInt64())
	case message.IsFloat32():
		var before float32
		store(ctx, floatSpec, &before, message.AsFloat32())
	case message.IsFloat64():
		var before float64
		store(ctx, doubleSpec, &before, message.AsFloat64())
	case message.IsString():
		var before string
		store(ctx, stringSpec, &before, message.AsString())
	case message.Is(orderType) && len(message.RawValue()) > 0:
		var order Order
		if err := message.As(orderType, &order); err != nil {
			return err
		}
		return carryOut(ctx, order)
	}
	return nil
}

// store writes a value and tells the caller what was there before; before points to a variable of the value's type.
func store(ctx statefun.Context, spec statefun.ValueSpec, before, value interface{}) {
	if ctx.Storage().Get(spec, before) && ctx.Caller() != nil {
		ctx.Send(statefun.MessageBuilder{Target: *ctx.Caller(), Value: before, ValueType: spec.ValueType})
	}
	ctx.Storage().Set(spec, value)
}

func carryOut(ctx statefun.Context, order Order) error {
	switch order.Do {
	case "forget":
		for _, spec := range sinkSpecs {
			if spec.Name == order.State {
				ctx.Storage().Remove(spec)
			}
		}
	case "keep":
		ctx.Storage().Set(afterWriteSpec, order.Text)
		ctx.Storage().Set(afterCallSpec, order.Text)
		ctx.Storage().Set(noteSpec, Note{Text: order.Text})
	case "tell":
		target := statefun.Address{FunctionType: statefun.TypeNameFrom(order.Typename), Id: order.ID}
		ctx.Send(statefun.MessageBuilder{Target: target, Value: order.Text})
	case "later":
		delay := time.Duration(order.Millis) * time.Millisecond
		later := statefun.MessageBuilder{Target: ctx.Self(), Value: order.Text}
		if order.Token == nil {
			ctx.SendAfter(delay, later)
			return nil
		}
		token, err := statefun.NewCancellationToken(*order.Token)
		if err != nil {
			return err
		}
		ctx.SendAfterWithCancellationToken(delay, token, later)
	case "cancel":
		token, err := statefun.NewCancellationToken(textOf(order.Token))
		if err != nil {
			return err
		}
		ctx.CancelDelayedMessage(token)
	case "record":
		ctx.SendEgress(statefun.KafkaEgressBuilder{
			Target: statefun.TypeNameFrom("languages/records"),
			Topic:  order.Topic,
			Key:    textOf(order.Key),
			Value:  order.Text,
		})
	case "stream":
		ctx.SendEgress(statefun.KinesisEgressBuilder{
			Target:          statefun.TypeNameFrom("languages/streams"),
			Stream:          order.Stream,
			PartitionKey:    order.PartitionKey,
			ExplicitHashKey: textOf(order.HashKey),
			Value:           order.Text,
		})
	case "plain":
		ctx.SendEgress(statefun.GenericEgressBuilder{
			Target:    statefun.TypeNameFrom("languages/plain"),
			Value:     order.Text,
			ValueType: statefun.StringType,
		})
	case "fail":
		return errors.New(order.Text)
	}
	return nil
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
