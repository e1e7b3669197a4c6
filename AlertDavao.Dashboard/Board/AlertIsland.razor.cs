using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Board;

public sealed partial class AlertIsland
{
    private IDisposable? _attached;
    private Guid? _officer;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The cursor of the page that this island was drawn into.</summary>
    [Parameter]
    public string? Since { get; set; }

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    private BoardState State => Feed.State;

    /// <summary>The reports of the last burst, as the script keeps count of them.</summary>
    private string Burst => string.Join(' ', State.Burst.Select(row => row.Attributes.Id));

    private (string Css, string Word, string Title, string Place) Foremost => State.Foremost is { } row
        ? (Words.Css(row.Severity), Words.Of(row.Severity), row.Title, row.Barangay ?? BoardTexts.NoPlace)
        : ("low", "", "", "");

    public void Dispose() => _attached?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _officer = AccountClaims.OfficerOf(user);
        if (!RendererInfo.IsInteractive)
            return;

        _attached = Feed.Attach(isBoard: false, InvokeAsync, StateHasChanged);
        Feed.Open(user, Since);
    }
}
