using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class CallBackForm
{
    /// <summary>The form's name within the page.</summary>
    internal const string Name = "call-back";

    private CallBack? _callBack;
    private bool _hasFailed;

    /// <summary>The audit has a line more.</summary>
    [Parameter, EditorRequired]
    public EventCallback Opened { get; set; }

    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private OpenCallBack Command { get; set; } = null!;

    private async Task Open()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;

        try
        {
            _callBack = await Command.Run(officer, View.Report.Id);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            _hasFailed = true;
        }

        await Opened.InvokeAsync();
    }
}
