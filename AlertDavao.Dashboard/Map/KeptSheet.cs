namespace AlertDavao.Dashboard.Map;

/// <summary>One sheet, kept until another is asked for. Drawing one takes a fraction of a second; one draws, others wait.</summary>
/// <typeparam name="TOf">What is drawn, as far as it tells one sheet from another.</typeparam>
internal sealed class KeptSheet<TOf>
    where TOf : class
{
    private readonly Lock _lock = new();
    private volatile Held? _kept;

    public CitySheet Of(TOf what, Func<CitySheet> draw)
    {
        if (_kept is { } kept && kept.What.Equals(what))
            return kept.Sheet;
        lock (_lock)
        {
            if (_kept is not { } other || !other.What.Equals(what))
                _kept = new Held(what, draw());
            return _kept.Sheet;
        }
    }

    private sealed record Held(TOf What, CitySheet Sheet);
}
