using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Operations;

/// <summary>The reports that officers have seen, as their screens say, until it is written down. What a whole station sees at once is one line.</summary>
internal sealed class SeenReports
{
    /// <summary>Lines held; of more nothing is taken, so that nobody can fill the memory with reports that do not exist.</summary>
    public const int Most = 20_000;

    /// <summary>Lines taken at once, so that a citizen's report does not wait for them.</summary>
    public const int AtOnce = 500;

    private readonly Lock _lock = new();

    // Whether it may be said is asked when it is written: of one who may not it must not stand for one who may.
    private readonly Dictionary<(Guid Report, string Scope), SeenBy> _said = [];

    public void Say(BoardScope scope, IEnumerable<Guid> reports, DateTimeOffset at)
    {
        lock (_lock)
        {
            foreach (var report in reports)
                Add(new SeenBy(report, scope, at));
        }
    }

    /// <summary>At most <see cref="AtOnce"/> lines that are not written down yet; they are the caller's from now on.</summary>
    public IReadOnlyList<SeenBy> Take()
    {
        lock (_lock)
        {
            var taken = _said.Values.Take(AtOnce).ToList();
            foreach (var one in taken)
                _said.Remove(one.Key);
            return taken;
        }
    }

    /// <summary>They could not be written down.</summary>
    public void Return(IEnumerable<SeenBy> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
                Add(line);
        }
    }

    private void Add(SeenBy line)
    {
        if (_said.TryGetValue(line.Key, out var earlier) ? line.At < earlier.At : _said.Count < Most)
            _said[line.Key] = line;
    }
}

/// <param name="Scope">The officer's, when it was said.</param>
internal sealed record SeenBy(Guid Report, BoardScope Scope, DateTimeOffset At)
{
    public (Guid Report, string Scope) Key => (Report, Scope.Key);
}
