using System.Globalization;
using System.Text;

namespace AlertDavao.Dashboard.Operations;

/// <summary>The last five minutes of a tile as the points of a line, a point every two seconds, the newest at the right.</summary>
internal sealed class Sparkline
{
    public const int Width = 298;
    public const int Height = 40;

    private const int Points = 150;
    private const int Step = Width / (Points - 1);

    private readonly Queue<double?> _values = new(Points);
    private double? _pending;
    private bool _isHalf;

    /// <summary>As an SVG polyline has them; empty before the second point.</summary>
    public string Line { get; private set; } = "";

    /// <summary>One second's value; of each two the higher one counts, and the line stands still in between.</summary>
    public void Add(double? value)
    {
        _pending = _pending is { } known && value is { } one ? Math.Max(known, one) : value ?? _pending;
        _isHalf = !_isHalf;
        if (_isHalf)
            return;

        if (_values.Count == Points)
            _values.Dequeue();
        _values.Enqueue(_pending);
        _pending = null;
        Line = Draw();
    }

    // From zero to the highest of them: a line that lies at the bottom says that nothing happens. Where nothing was said, it is left out.
    private string Draw()
    {
        var most = _values.Max() is > 0 and { } max ? max : 1;
        var x = Width - (_values.Count - 1) * Step;
        var points = new StringBuilder();
        foreach (var value in _values)
        {
            if (value is { } known)
                points.Append(CultureInfo.InvariantCulture, $"{x},{Height - 1 - (int)Math.Round(known / most * (Height - 2))} ");
            x += Step;
        }

        return points.ToString().TrimEnd();
    }
}
