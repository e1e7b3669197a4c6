using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace AlertDavao.Dashboard.Map;

/// <summary>Shapes in whole metres as the data of an SVG path: steps from point to point are shorter than places.</summary>
internal static class SvgPath
{
    public static string Of(Geometry shape)
    {
        var path = new StringBuilder();
        foreach (var line in LinearComponentExtracter.GetLines(shape).Cast<LineString>())
            Append(path, line);
        return path.ToString();
    }

    private static void Append(StringBuilder path, LineString line)
    {
        // The last point of a ring is its first.
        var points = line.IsClosed ? line.Coordinates[..^1] : line.Coordinates;
        var before = points[0];
        path.Append(CultureInfo.InvariantCulture, $"M{before.X:0} {before.Y:0}l");
        foreach (var point in points[1..])
        {
            path.Append(CultureInfo.InvariantCulture, $"{point.X - before.X:0} {point.Y - before.Y:0} ");
            before = point;
        }

        path.Length--;
        if (line.IsClosed)
            path.Append('z');
    }
}
