using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Accounts;

public sealed partial class AccountPage
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private bool _administers;
    private bool _isCityDesk;

    [Inject]
    private AdministeredAccounts Administered { get; set; } = null!;

    [Inject]
    private ReadDuties Read { get; set; } = null!;

    private IReadOnlyList<string> Duties { get; set; } = [];

    protected override void OnInitialized()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;
        Duties = Read.Run(officer);
        _administers = Administered.IsAny(officer);
        _isCityDesk = Administered.IsCityDesk(officer);
    }
}
