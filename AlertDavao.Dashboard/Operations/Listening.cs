using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>An ear at the product's meter, with every tile's series. What is pushed comes by itself; what stands is asked for.</summary>
internal sealed class Listening : IDisposable
{
    private readonly MeterListener _ear = new();
    private readonly ImmutableArray<(Series Series, Sparkline Line)> _tiles = [.. Gauge.All.Select(gauge => (new Series(gauge), new Sparkline()))];

    public Listening(ProductMeter meter)
    {
        var byInstrument = _tiles.Select(tile => tile.Series).ToLookup(series => series.Gauge.Instrument);
        // Of this product's meter alone: another one in the process has the same name.
        _ear.InstrumentPublished = (instrument, ear) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Meter) && byInstrument.Contains(instrument.Name))
                ear.EnableMeasurementEvents(instrument, byInstrument[instrument.Name].ToArray());
        };
        _ear.SetMeasurementEventCallback<int>(static (instrument, value, tags, state) => Add(instrument, value, tags, state));
        _ear.SetMeasurementEventCallback<long>(static (instrument, value, tags, state) => Add(instrument, value, tags, state));
        _ear.SetMeasurementEventCallback<double>(Add);
        _ear.Start();
    }

    /// <summary>What was said last.</summary>
    public Snapshot? Last { get; private set; }

    /// <summary>Asks for what stands.</summary>
    /// <exception cref="AggregateException">Something could not be said; everything else was.</exception>
    public void Ask() => _ear.RecordObservableInstruments();

    /// <summary>Ends a second.</summary>
    public Snapshot Take()
    {
        var tiles = ImmutableArray.CreateBuilder<Tile>(_tiles.Length);
        foreach (var (series, line) in _tiles)
        {
            var now = series.Take();
            line.Add(now);
            tiles.Add(new Tile(series.Gauge, now, line.Line));
        }

        return Last = new Snapshot(tiles.MoveToImmutable());
    }

    public void Dispose() => _ear.Dispose();

    private static void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var series in (Series[])state!)
            series.Add(value, tags.IsEmpty ? "" : tags[0].Value as string ?? "", instrument.IsObservable);
    }
}
