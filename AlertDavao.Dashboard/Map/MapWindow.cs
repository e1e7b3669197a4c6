using System.Globalization;

namespace AlertDavao.Dashboard.Map;

/// <summary>The part of the sheet that a map shows, in metres. All have one shape, so that a map's box is known before it is drawn.</summary>
internal readonly record struct MapWindow(double X, double Y, double Width)
{
    /// <summary>Width to height; the same stands in CityMap.razor.css.</summary>
    public const double Aspect = 4 / 3.0;

    public double Height => Width / Aspect;

    public string ViewBox => string.Create(CultureInfo.InvariantCulture, $"{X:0} {Y:0} {Width:0} {Height:0}");

    public static MapWindow Around(double x, double y, double width) => new(x - width / 2, y - width / Aspect / 2, width);

    /// <summary>Where it is within the window, 0 to 1 from its left and upper edge.</summary>
    public (double Across, double Down) Share(double x, double y) => ((x - X) / Width, (y - Y) / Height);
}
