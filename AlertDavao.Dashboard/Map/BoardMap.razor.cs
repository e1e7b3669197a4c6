using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Map;

public sealed partial class BoardMap
{
    /// <summary>Codes of the stations whose areas are tinted and shown first; empty for the whole city.</summary>
    [Parameter]
    public IReadOnlyList<string> Own { get; set; } = [];

    [Inject]
    private CitySheet Sheet { get; set; } = null!;

    [Inject]
    private MapOptions Options { get; set; } = null!;

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
