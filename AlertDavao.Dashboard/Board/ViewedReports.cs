using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Which reports are open beside a board now, and how many officers have each. No log has it and nobody is woken for it: it
/// comes with the next draw, at most <see cref="Presence.Age"/> old.
/// </summary>
internal sealed class ViewedReports(StationTails tails, TimeProvider time)
{
    private readonly ConcurrentDictionary<object, (Guid Officer, Guid Report)> _open = new();
    private readonly ConcurrentDictionary<string, Snapshot> _byScope = new(StringComparer.Ordinal);

    /// <summary>A screen has that report open; null for none.</summary>
    public void Views(object screen, Guid officer, Guid? report)
    {
        if (report is { } id)
            _open[screen] = (officer, id);
        else
            _open.TryRemove(screen, out _);
    }

    /// <summary>
    /// <c>id:count id:count</c> of the reports of the scope's boards; the same text as long as it is the same.
    /// </summary>
    public string Of(BoardScope scope)
    {
        if (scope.IsEmpty)
            return "";
        if (_byScope.TryGetValue(scope.Key, out var known) && time.GetElapsedTime(known.At) < Presence.Age)
            return known.Text;

        var text = _open.IsEmpty ? "" : Read(tails.Of(scope).Rows);
        if (known?.Text == text)
            text = known.Text;
        _byScope[scope.Key] = new Snapshot(time.GetTimestamp(), text);
        return text;
    }

    private string Read(ImmutableArray<BoardRow> rows)
    {
        var viewers = _open.Values.Distinct().CountBy(view => view.Report).ToDictionary();
        return string.Join(' ', rows.Where(row => viewers.ContainsKey(row.Id))
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Id}:{viewers[row.Id]}")));
    }

    private sealed record Snapshot(long At, string Text);
}
