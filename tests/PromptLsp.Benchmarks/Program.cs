using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(PromptLsp.Benchmarks.Keystrokes).Assembly).Run(args);
