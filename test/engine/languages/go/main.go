// Serves the functions on a port of loopback (the first argument; 0 for a free one). Says on a line of JSON when it is ready, and ends when
// its standard input does.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/apache/flink-statefun/statefun-sdk-go/v3/pkg/statefun"
)

func main() {
	functions := statefun.StatefulFunctionsBuilder()
	for _, spec := range []statefun.StatefulFunctionSpec{
		{
			FunctionType: statefun.TypeNameFrom("greeter/greet"),
			States:       []statefun.ValueSpec{visitsSpec},
			Function:     statefun.StatefulFunctionPointer(greet),
		},
		{
			FunctionType: statefun.TypeNameFrom("fraud/model"),
			Function:     statefun.StatefulFunctionPointer(model),
		},
		{
			FunctionType: statefun.TypeNameFrom("languages/sink"),
			States:       sinkSpecs,
			Function:     statefun.StatefulFunctionPointer(sink),
		},
	} {
		if err := functions.WithSpec(spec); err != nil {
			log.Fatal(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	fmt.Printf("{\"event\":\"ready\",\"port\":%d}\n", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(listener, functions.AsHandler()))
}
