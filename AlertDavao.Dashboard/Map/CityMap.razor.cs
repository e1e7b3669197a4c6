using System.Globalization;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Map;

public sealed partial class CityMap
{
    /// <summary>How much of the city is shown around a place, in metres.</summary>
    private const double AroundPlace = 6_000;

    private MapWindow _window;
    private Spot? _pin;
    private string? _own;
    private string? _caption;
    private string _words = "";
    private List<Name> _names = [];

    /// <summary>Degrees; without both of them the whole city is shown.</summary>
    [Parameter]
    public double? Latitude { get; set; }

    [Parameter]
    public double? Longitude { get; set; }

    /// <summary>What the place is called; anything a person may have typed.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Code of the station whose area is tinted.</summary>
    [Parameter]
    public string? Station { get; set; }

    [Parameter]
    public string? Css { get; set; }

    /// <summary>The page's script lets a reader mark the place (CityMap.razor.js).</summary>
    [Parameter]
    public bool Picks { get; set; }

    /// <summary>What is drawn in place of the sheet, in its metres.</summary>
    [Parameter]
    public RenderFragment? Drawn { get; set; }

    /// <summary>Another sheet than that in force.</summary>
    [CascadingParameter]
    private CitySheet? Planned { get; set; }

    [Inject]
    private CitySheets Sheets { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    private CitySheet Sheet => Planned ?? Sheets.Now;

    protected override void OnParametersSet()
    {
        var barangay = City.Router.Route([], Latitude, Longitude).Barangay;
        var place = barangay is null ? ((double X, double Y)?)null : Sheet.Projection.Project(new(Latitude!.Value, Longitude!.Value));
        var isOutside = barangay is null && Latitude is not null && Longitude is not null;

        _window = place is var (x, y) ? MapWindow.Around(x, y, AroundPlace) : Sheet.WholeCity;
        _pin = place is var (pinX, pinY) ? Spot.In(_window, pinX, pinY) : null;
        _own = Station is not null && Sheet.Stations.Contains(Station) ? Station : null;
        _caption = isOutside ? MapTexts.Outside : string.IsNullOrWhiteSpace(Label) ? null : Label;
        _words = isOutside ? MapTexts.OutsideWords
            : barangay is null ? MapTexts.WholeCity
            : string.IsNullOrWhiteSpace(Label) ? Format(MapTexts.At, barangay.Name)
            : Format(MapTexts.AtIn, Label, barangay.Name);
        _names = [.. Names(place)];
    }

    // A map that can be moved needs every name at hand; its script shows those that there is room for.
    private IEnumerable<Name> Names((double X, double Y)? place)
    {
        var (shown, others) = place is null
            ? (Sheet.StationLabels, Sheet.BarangayLabels)
            : (Sheet.BarangayLabels, Sheet.StationLabels);
        var readable = MapLabel.Readable(shown, _window, place).ToHashSet();
        return (Picks ? shown.Concat(others) : readable).Select(label => new Name(
            label, Spot.In(_window, label.X, label.Y), Sheet.StationLabels.Contains(label) ? "station" : null, !readable.Contains(label)));
    }

    private string Part(string id) => $"{Sheet.Href}#{id}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Format(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>In shares of the map's box, so that a pin and a name are as large in a small map as in a large one.</summary>
    private sealed record Spot(string Across, string Down)
    {
        public static Spot In(MapWindow window, double x, double y)
        {
            var (across, down) = window.Share(x, y);
            return new(across.ToString("P2", Percent), down.ToString("P2", Percent));
        }

        private static readonly NumberFormatInfo Percent = new() { PercentPositivePattern = 1, PercentNegativePattern = 1, PercentGroupSeparator = "" };
    }

    private sealed record Name(MapLabel Label, Spot Spot, string? Css, bool IsHidden)
    {
        public string Text => Label.Text;
        public string Across => Spot.Across;
        public string Down => Spot.Down;
        public string X => Label.X.ToString("0", CultureInfo.InvariantCulture);
        public string Y => Label.Y.ToString("0", CultureInfo.InvariantCulture);
        public string Room => Label.Room.ToString("0", CultureInfo.InvariantCulture);
    }
}
