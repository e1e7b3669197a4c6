using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class SavedViewsBar
{
    private IReadOnlyList<SavedView> _views = [];
    private string? _fault;

    [CascadingParameter]
    private ReportFilterForm Form { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "keep-view")]
    private ViewForm View { get; set; } = null!;

    [Inject]
    private ReadViews Views { get; set; } = null!;

    [Inject]
    private SaveView Save { get; set; } = null!;

    private ReportFilter Filter => Form.Filter;

    private string Query => new QueryBuilder(Filter.ToAddress()!).ToString();

    protected override void OnInitialized()
    {
        View ??= new ViewForm();
        Read();
    }

    private void Read()
    {
        if (AccountClaims.OfficerOf(Http.User) is { } officer)
            _views = Views.Run(officer);
    }

    private async Task Keep()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;
        try
        {
            _fault = await Save.Run(officer, View.Name ?? "", Filter);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            _fault = ReportListTexts.ViewNotKept;
        }

        Read();
    }

    private static string Format(string text, string value) => string.Format(CultureInfo.CurrentCulture, text, value);

    private sealed class ViewForm
    {
        public string? Name { get; set; }
    }
}
