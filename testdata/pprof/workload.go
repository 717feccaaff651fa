// A program whose profiles are small and known: three functions that sort,
// hash and keep memory, called from two others, on goroutines with labels.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"sync"
	"time"
)

var kept [][]byte

func sorted(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%x", (i*7919)%n)
	}
	sort.Strings(words)
	return words
}

func hashed(words []string) [32]byte {
	return sha256.Sum256([]byte(strings.Join(words, " ")))
}

func keep(n int) {
	for i := 0; i < n; i++ {
		kept = append(kept, make([]byte, 4096))
	}
}

func recurse(depth int) {
	if depth == 0 {
		keep(20)
		return
	}
	recurse(depth - 1)
}

func orders() {
	for i := 0; i < 150; i++ {
		hashed(sorted(20000))
	}
	keep(200)
}

func pings() {
	for i := 0; i < 400; i++ {
		hashed(sorted(2000))
	}
	recurse(12)
}

func write(name string, profile string) {
	file, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	if err := pprof.Lookup(profile).WriteTo(file, 0); err != nil {
		panic(err)
	}
}

func main() {
	runtime.MemProfileRate = 8192
	runtime.SetMutexProfileFraction(1)
	file, err := os.Create("cpu.pb.gz")
	if err != nil {
		panic(err)
	}
	pprof.StartCPUProfile(file)
	var both sync.WaitGroup
	var lock sync.Mutex
	for name, work := range map[string]func(){"orders": orders, "pings": pings} {
		both.Add(1)
		go pprof.Do(context.Background(), pprof.Labels("job", name),
			func(context.Context) {
				work()
				lock.Lock()
				time.Sleep(20 * time.Millisecond)
				lock.Unlock()
				both.Done()
			})
	}
	both.Wait()
	pprof.StopCPUProfile()
	file.Close()
	runtime.GC()
	write("heap.pb.gz", "heap")
	write("mutex.pb.gz", "mutex")
}
