using NetTopologySuite.Geometries;

namespace AlertDavao.Dashboard.Map;

/// <summary>A name and where its area is widest, in metres of the sheet.</summary>
/// <param name="Room">How wide the area is there.</param>
internal sealed record MapLabel(string Text, double X, double Y, double Room)
{
    private const double LetterPixels = 6.2;
    private const double LinePixels = 14;

    /// <summary>What a map in a narrow column is wide; a wider one has more room than was counted on.</summary>
    private const double MapPixels = 340;

    public static MapLabel Of(string text, Geometry area)
    {
        var (middle, bounds) = (area.InteriorPoint, area.EnvelopeInternal);
        var across = area.Factory.CreateLineString([new(bounds.MinX - 1, middle.Y), new(bounds.MaxX + 1, middle.Y)]);
        var sections = area.Intersection(across);
        var room = Enumerable.Range(0, sections.NumGeometries).Max(at => sections.GetGeometryN(at).Length);
        return new MapLabel(text, middle.X, middle.Y, room);
    }

    /// <summary>The labels that can be read in the window, the roomiest first: each fits into its area and hides no other.</summary>
    public static IEnumerable<MapLabel> Readable(IEnumerable<MapLabel> labels, MapWindow window, (double X, double Y)? pin)
    {
        var metres = window.Width / MapPixels;
        var view = new Envelope(window.X, window.X + window.Width, window.Y, window.Y + window.Height);
        var taken = new List<Envelope>();
        if (pin is { } at)
            taken.Add(new Envelope(at.X - LinePixels * metres, at.X + LinePixels * metres, at.Y - 2 * LinePixels * metres, at.Y + 4 * metres));

        foreach (var label in labels.OrderByDescending(label => label.Room))
        {
            var (half, up) = (label.Text.Length * LetterPixels * metres / 2, LinePixels * metres / 2);
            var box = new Envelope(label.X - half, label.X + half, label.Y - up, label.Y + up);
            if (2 * half > label.Room || !view.Contains(box) || taken.Exists(box.Intersects))
                continue;
            taken.Add(box);
            yield return label;
        }
    }
}
