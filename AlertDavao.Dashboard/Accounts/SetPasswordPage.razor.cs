using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Where the links of invitations and resets lead. The token goes from the address into the form at once; why a link opens
/// nothing is not told, the page is the same for a used one, a late one and one that never was.
/// </summary>
public sealed partial class SetPasswordPage
{
    private IReadOnlyList<string> _faults = [];
    private string? _email;
    private string? _token;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "set-password")]
    private PasswordForm Chosen { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [Inject]
    private UseLink Use { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private AccountLinkKind Kind => Http.Request.Path.StartsWithSegments(AccountRoutes.Invitation) ? AccountLinkKind.Invitation : AccountLinkKind.Reset;

    protected override void OnInitialized()
    {
        Chosen ??= new PasswordForm();
        Http.Response.Headers["Referrer-Policy"] = "no-referrer";
        // As the form's token writes it: another way of saying it is a warning in the log.
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        _token = Chosen.Token ?? Token;
        _email = Use.EmailOf(Kind, _token);
    }

    private async Task Submit()
    {
        if (await Use.Run(Kind, _token, Chosen.Wanted ?? "") is not { } faults)
            _email = null;
        else if (faults.Count > 0)
            _faults = faults;
        else
            Navigation.NavigateTo(AccountRoutes.SignInChanged);
    }

    private sealed class PasswordForm
    {
        public string? Token { get; set; }

        public string? Wanted { get; set; }
    }
}
