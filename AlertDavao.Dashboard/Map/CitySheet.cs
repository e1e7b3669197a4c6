using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;

namespace AlertDavao.Dashboard.Map;

/// <summary>
/// The city drawn once, in whole metres: a picture that a browser keeps for ever and of which each map takes the parts by their
/// ids (<c>land</c>, a station's code, <c>inner</c>, <c>borders</c>, <c>coast</c>).
/// </summary>
internal sealed class CitySheet
{
    public const string Path = "/map/city.svg";

    public const string NamesPath = "/map/names.json";

    /// <summary>Metres: less than a pen's width in a window of 6 km, and half of the points.</summary>
    private const double Tolerance = 12;

    private const double Margin = 2_000;

    /// <summary>Metres around the land of a map that shows it in its own shape; half a name is as wide.</summary>
    private const double Edge = 1_500;

    public CitySheet(CityPicture city)
    {
        var barangays = city.Barangays.Values.OrderBy(barangay => barangay.Psgc, StringComparer.Ordinal).ToArray();
        var bounds = new Envelope();
        foreach (var barangay in barangays)
            bounds.ExpandToInclude(barangay.Boundary.EnvelopeInternal);

        Projection = new MapProjection(bounds.MinX, bounds.MaxY);
        // All at once, so that neighbours keep the border they share.
        var drawn = CoverageSimplifier.Simplify([.. barangays.Select(barangay => Drawn(barangay.Boundary))], Tolerance);
        Barangays = barangays.Zip(drawn).ToFrozenDictionary(pair => pair.First.Psgc, pair => pair.Second, StringComparer.Ordinal);
        var stations = barangays.Select(barangay => barangay.StationCode).Distinct().Order(LogCode.Order)
            .Select(code => (Code: code, Area: CoverageUnion.Union([.. barangays.Where(b => b.StationCode == code).Select(b => Barangays[b.Psgc])])))
            .ToList();
        Stations = [.. stations.Select(station => station.Code)];
        StationLabels = [.. stations.Select(station => MapLabel.Of(station.Code, station.Area))];
        BarangayLabels = [.. barangays.Select(barangay => MapLabel.Of(barangay.Name, Barangays[barangay.Psgc]))];

        var land = CoverageUnion.Union(drawn);
        WholeCity = Around(land.EnvelopeInternal);
        Land = string.Create(CultureInfo.InvariantCulture, $"{land.EnvelopeInternal.MinX - Edge:0} {land.EnvelopeInternal.MinY - Edge:0} {land.EnvelopeInternal.Width + 2 * Edge:0} {land.EnvelopeInternal.Height + 2 * Edge:0}");
        var lines = CityLines.Of(barangays.Select(barangay => (barangay.StationCode, Barangays[barangay.Psgc]))).ToList();
        Lines = lines.ToFrozenDictionary(line => line.Id, line => SvgPath.Of(line.Shape), StringComparer.Ordinal);
        Svg = Encoding.ASCII.GetBytes(Write([("land", land), .. stations, .. lines]));
        Zipped = Zip(Svg);
        Version = Convert.ToHexStringLower(SHA256.HashData(Svg))[..16];
        Href = $"{Path.TrimStart('/')}?v={Version}";
        Names = JsonSerializer.SerializeToUtf8Bytes(new { stations = StationLabels.Select(Place), barangays = BarangayLabels.Select(Place) });
        NamesHref = $"{NamesPath.TrimStart('/')}?v={Convert.ToHexStringLower(SHA256.HashData(Names))[..16]}";
    }

    public MapProjection Projection { get; }

    public MapWindow WholeCity { get; }

    /// <summary>The window of the whole land in its own shape, as an SVG's view box.</summary>
    public string Land { get; }

    /// <summary>By PSGC, in metres of the sheet.</summary>
    public FrozenDictionary<string, Geometry> Barangays { get; }

    /// <summary><c>inner</c>, <c>borders</c> and <c>coast</c> as the data of SVG paths.</summary>
    public FrozenDictionary<string, string> Lines { get; }

    /// <summary>The stations that have an area, in station order.</summary>
    public ImmutableArray<string> Stations { get; }

    public ImmutableArray<MapLabel> StationLabels { get; }

    public ImmutableArray<MapLabel> BarangayLabels { get; }

    /// <summary>The address carries the content's hash; a part is asked for by its id behind it.</summary>
    public string Href { get; }

    public string Version { get; }

    /// <summary>What the areas are called and where on the sheet that stands, as <c>[text, x, y, room]</c>.</summary>
    public byte[] Names { get; }

    public string NamesHref { get; }

    public byte[] Svg { get; }

    /// <summary>The same, by gzip.</summary>
    public byte[] Zipped { get; }

    private static object[] Place(MapLabel label) => [label.Text, Math.Round(label.X), Math.Round(label.Y), Math.Round(label.Room)];

    private Geometry Drawn(Geometry boundary)
    {
        var drawn = boundary.Copy();
        drawn.Apply(new OntoSheet(Projection));
        return drawn;
    }

    private static MapWindow Around(Envelope land)
        => MapWindow.Around(land.Centre.X, land.Centre.Y, Math.Max(land.Width, land.Height * MapWindow.Aspect) + 2 * Margin);

    // Lines keep their width whatever the window's scale.
    private static string Write(IEnumerable<(string Id, Geometry Shape)> parts)
    {
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
        foreach (var (id, shape) in parts)
            svg.Append("<path id=\"").Append(id).Append("\" vector-effect=\"non-scaling-stroke\" d=\"").Append(SvgPath.Of(shape)).Append("\"/>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
            gzip.Write(plain);
        return zipped.ToArray();
    }

    private sealed class OntoSheet(MapProjection projection) : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence points)
        {
            for (var at = 0; at < points.Count; at++)
            {
                var (x, y) = projection.Project(new GeoPoint(points.GetY(at), points.GetX(at)));
                points.SetX(at, Math.Round(x));
                points.SetY(at, Math.Round(y));
            }
        }
    }
}
