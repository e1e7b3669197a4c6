using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Accounts;

public sealed partial class SecondStepPage
{
    private IReadOnlyList<string>? _made;
    private string? _fault;
    private bool _mustSetUp;
    private bool _hasApp;
    private string _email = "";
    private string _pending = "";
    private byte[] _secret = [];

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "step-on")]
    private OnForm On { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "step-off")]
    private PasswordForm Off { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "recovery-codes")]
    private PasswordForm NewCodes { get; set; } = null!;

    [Inject]
    private SecondSteps Steps { get; set; } = null!;

    [Inject]
    private StepCodes Codes { get; set; } = null!;

    [Inject]
    private TurnStepOn Turn { get; set; } = null!;

    [Inject]
    private TurnStepOff Unset { get; set; } = null!;

    [Inject]
    private MakeRecoveryCodes Make { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized()
    {
        On ??= new OnForm();
        Off ??= new PasswordForm();
        NewCodes ??= new PasswordForm();
        if (AccountClaims.HolderOf(Http.User) is not { } holder)
            return;

        _mustSetUp = holder.SetsUp;
        _hasApp = Steps.Of(holder.Officer).HasApp;
        _email = Steps.NameInApp(holder.Officer);
        // The same secret after a code that was wrong: the app has it already.
        _secret = (On.Pending is { } pending ? Codes.OpenPending(pending, holder.Officer) : null) ?? StepCodes.NewSecret();
        _pending = Codes.SealPending(_secret, holder.Officer);
    }

    private async Task TurnOn()
    {
        if (!_hasApp)
            Show(await Turn.Run(Http, On.Pending ?? "", On.Code ?? "", On.Password ?? ""));
    }

    private async Task MakeCodes() => Show(await Make.Run(Http, NewCodes.Password ?? ""));

    private async Task TurnOff()
    {
        _fault = await Unset.Run(Http, Off.Password ?? "");
        if (_fault is null)
            Navigation.NavigateTo(AccountRoutes.Account);
    }

    private void Show(RecoveryCodesMade made)
    {
        _fault = made.Fault;
        if (made.Fault is not null)
            return;

        _made = made.Codes;
        // The pages with a form are kept by nobody for its token; this one has none.
        Http.Response.Headers.CacheControl = "no-store";
    }

    private sealed class OnForm
    {
        public string? Pending { get; set; }

        public string? Code { get; set; }

        public string? Password { get; set; }
    }

    private sealed class PasswordForm
    {
        public string? Password { get; set; }
    }
}
