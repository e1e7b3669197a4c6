using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Map;

public sealed partial class BoardMap
{
    /// <summary>Codes of the stations whose areas are tinted and shown first; empty for the whole city.</summary>
    [Parameter]
    public IReadOnlyList<string> Own { get; set; } = [];

    [Inject]
    private CitySheets Sheets { get; set; } = null!;

    [Inject]
    private MapOptions Options { get; set; } = null!;

    private CitySheet Sheet => Sheets.Now;

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
