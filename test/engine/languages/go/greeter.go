package main

import (
	"fmt"

	"github.com/apache/flink-statefun/statefun-sdk-go/v3/pkg/statefun"
)

// Visit is somebody who came in.
type Visit struct {
	Name string `json:"name"`
	Door string `json:"door"`
}

// Greeting is written to the topic greetings.
type Greeting struct {
	Name   string `json:"name"`
	Visits int32  `json:"visits"`
	Text   string `json:"text"`
}

var (
	visitType    = statefun.MakeJsonType(statefun.TypeNameFrom("greeter.types/visit"))
	greetingType = statefun.MakeJsonType(statefun.TypeNameFrom("greeter.types/greeting"))
	visitsSpec   = statefun.ValueSpec{Name: "visits", ValueType: statefun.Int32Type}
)

// greet greets one visitor, and remembers how often that visitor came.
func greet(ctx statefun.Context, message statefun.Message) error {
	if !message.Is(visitType) || len(message.RawValue()) == 0 {
		return nil
	}
	var visit Visit
	if err := message.As(visitType, &visit); err != nil {
		return err
	}
	var visits int32
	ctx.Storage().Get(visitsSpec, &visits)
	visits++
	ctx.Storage().Set(visitsSpec, visits)
	ctx.SendEgress(statefun.KafkaEgressBuilder{
		Target:    statefun.TypeNameFrom("greeter/greetings"),
		Topic:     "greetings",
		Key:       ctx.Self().Id,
		Value:     Greeting{Name: visit.Name, Visits: visits, Text: greetingFor(visit.Name, visits)},
		ValueType: greetingType,
	})
	return nil
}

func greetingFor(name string, visits int32) string {
	switch visits {
	case 1:
		return fmt.Sprintf("Welcome, %s.", name)
	case 2:
		return fmt.Sprintf("Good to see you again, %s.", name)
	case 3:
		return fmt.Sprintf("Third time is the charm, %s.", name)
	default:
		return fmt.Sprintf("Visit number %d, %s. Shall we get you a key?", visits, name)
	}
}
