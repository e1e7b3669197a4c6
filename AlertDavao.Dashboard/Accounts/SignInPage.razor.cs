using System.ComponentModel.DataAnnotations;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlertDavao.Dashboard.Accounts;

public sealed partial class SignInPage
{
    private bool _refused;
    private bool _asksForPasskey;

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
    private string? Ended { get; set; }

    [SupplyParameterFromQuery]
    private string? Changed { get; set; }

    /// <summary>A passkey was refused.</summary>
    [SupplyParameterFromQuery]
    private string? Passkey { get; set; }

    private bool PasswordMissing => HttpMethods.IsPost(Http.Request.Method) && string.IsNullOrEmpty(Input.Password);

    protected override void OnInitialized() => Input ??= new Credentials();

    private async Task Submit()
    {
        var target = RedirectHttpResult.IsLocalUrl(ReturnUrl) ? ReturnUrl! : ShellRoutes.Board;
        switch (await SignIn.Run(Http, Input.Email.Trim(), Input.Password))
        {
            case SignInAnswer.In:
                Navigation.NavigateTo(target);
                break;
            case SignInAnswer.AsksForCode:
                Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(AccountRoutes.SignInCode, new Dictionary<string, object?> { [nameof(ReturnUrl)] = target }));
                break;
            case SignInAnswer.SetsUp:
                Navigation.NavigateTo(AccountRoutes.SecondStep);
                break;
            case SignInAnswer.AsksForPasskey:
                _asksForPasskey = true;
                break;
            default:
                _refused = true;
                break;
        }
    }

    private sealed class Credentials
    {
        [Required(ErrorMessageResourceType = typeof(AccountTexts), ErrorMessageResourceName = nameof(AccountTexts.EmailRequired))]
        public string Email { get; set; } = "";

        [Required(ErrorMessageResourceType = typeof(AccountTexts), ErrorMessageResourceName = nameof(AccountTexts.PasswordRequired))]
        public string Password { get; set; } = "";
    }
}
