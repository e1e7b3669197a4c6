using System.ComponentModel.DataAnnotations;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlertDavao.Dashboard.Accounts;

public sealed partial class SignInPage
{
    private bool _refused;

    [Inject]
    private SignIn SignIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Credentials Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    /// <summary>The session ended under the reader's hands.</summary>
    [SupplyParameterFromQuery]
    private bool Ended { get; set; }

    [SupplyParameterFromQuery]
    private bool Changed { get; set; }

    private bool PasswordMissing => HttpMethods.IsPost(Http.Request.Method) && string.IsNullOrEmpty(Input.Password);

    protected override void OnInitialized() => Input ??= new Credentials();

    private async Task Submit()
    {
        _refused = !await SignIn.Run(Http, Input.Email.Trim(), Input.Password);
        if (!_refused)
            Navigation.NavigateTo(RedirectHttpResult.IsLocalUrl(ReturnUrl) ? ReturnUrl! : ShellRoutes.Board);
    }

    private sealed class Credentials
    {
        [Required(ErrorMessageResourceType = typeof(AccountTexts), ErrorMessageResourceName = nameof(AccountTexts.EmailRequired))]
        public string Email { get; set; } = "";

        [Required(ErrorMessageResourceType = typeof(AccountTexts), ErrorMessageResourceName = nameof(AccountTexts.PasswordRequired))]
        public string Password { get; set; } = "";
    }
}
