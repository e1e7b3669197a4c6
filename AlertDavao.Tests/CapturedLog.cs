using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AlertDavao.Tests;

/// <summary>Everything the product logged, with what a sink would print of an exception.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IEnumerable<string> Errors => _lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));

    public IEnumerable<string> Mentioning(params string[] texts)
        => _lines.Where(line => texts.Any(text => line.Contains(text, StringComparison.Ordinal)));

    public ILogger CreateLogger(string categoryName) => new Sink(this, categoryName);

    public void Dispose() { }

    private sealed class Sink(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
