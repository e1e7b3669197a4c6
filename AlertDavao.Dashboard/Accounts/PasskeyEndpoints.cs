using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Questions to passkeys, and what their devices answer. All of them are forms with the page's token.</summary>
internal static class PasskeyEndpoints
{
    /// <summary>Bytes of a form; an attestation has some hundreds.</summary>
    public const int MaxBytes = 16 * 1024;

    public const string Credential = "credential";
    public const string ReturnUrl = "returnUrl";

    public static void Map(IEndpointRouteBuilder app)
    {
        var bounded = new RequestSizeLimitAttribute(MaxBytes);
        app.MapPost(AccountRoutes.PasskeySignInOptions, AskToSignIn).AllowAnonymous().WithMetadata(bounded);
        app.MapPost(AccountRoutes.PasskeySignIn, SignIn).AllowAnonymous().WithMetadata(bounded);
        app.MapPost(AccountRoutes.PasskeyOptions, AskToAdd).RequireAuthorization(AccountsFeature.Holders).WithMetadata(bounded);
        app.MapPost(AccountRoutes.Passkeys, Add).RequireAuthorization(AccountsFeature.Holders).WithMetadata(bounded);
        app.MapPost(AccountRoutes.RemovePasskey, Remove).WithMetadata(bounded);
    }

    private static async Task<IResult> AskToSignIn(
        HttpContext http, IAntiforgery antiforgery, IPasskeyHandler<Account> passkeys, PasskeyQuestions questions)
    {
        if (await FormOf(http, antiforgery) is null)
            return Results.BadRequest();
        // Whose it will be is for the device to say: the question is the same one for everybody.
        var question = await passkeys.MakeRequestOptionsAsync(null, http);
        questions.Ask(http, officer: null, question.AssertionState);
        return Json(http, question.RequestOptionsJson);
    }

    private static async Task<IResult> SignIn(HttpContext http, IAntiforgery antiforgery, SignInWithPasskey signIn)
    {
        if (await FormOf(http, antiforgery) is not { } form)
            return Results.BadRequest();
        if (!await signIn.Run(http, form[Credential].ToString()))
            return Results.LocalRedirect(AccountRoutes.SignInPasskeyRefused);
        return Results.LocalRedirect(form[ReturnUrl].ToString() is { Length: > 0 } url && RedirectHttpResult.IsLocalUrl(url) ? url : ShellRoutes.Board);
    }

    private static async Task<IResult> AskToAdd(
        HttpContext http, IAntiforgery antiforgery, ConfirmPassword confirm, IPasskeyHandler<Account> passkeys, PasskeyQuestions questions)
    {
        if (await FormOf(http, antiforgery) is not { } form)
            return Results.BadRequest();
        if (await confirm.Run(http, form["password"].ToString()) is not { } account)
            return Results.StatusCode(StatusCodes.Status403Forbidden);

        var entity = new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email ?? "", DisplayName = account.Email ?? "" };
        var question = await passkeys.MakeCreationOptionsAsync(entity, http);
        questions.Ask(http, account.Id, question.AttestationState);
        return Json(http, question.CreationOptionsJson);
    }

    private static async Task<IResult> Add(HttpContext http, IAntiforgery antiforgery, AddPasskey add)
    {
        if (await FormOf(http, antiforgery) is not { } form || AccountClaims.HolderOf(http.User) is not { } holder)
            return Results.BadRequest();
        var isAdded = await add.Run(http, form[Credential].ToString());
        return Results.LocalRedirect((isAdded, holder.SetsUp) switch
        {
            (true, true) => ShellRoutes.Board,
            (true, false) => AccountRoutes.PasskeyAdded,
            (false, true) => AccountRoutes.SecondStepRefused,
            (false, false) => AccountRoutes.PasskeyRefused,
        });
    }

    private static async Task<IResult> Remove(HttpContext http, IAntiforgery antiforgery, RemovePasskey remove)
    {
        if (await FormOf(http, antiforgery) is not { } form || AccountClaims.OfficerOf(http.User) is not { } officer)
            return Results.BadRequest();
        return await remove.Run(officer, form["id"].ToString()) switch
        {
            PasskeyRemoval.Done => Results.LocalRedirect(AccountRoutes.Account),
            PasskeyRemoval.Required => Results.LocalRedirect(AccountRoutes.PasskeyRequired),
            _ => Results.NotFound(),
        };
    }

    // What is no form of ours, or too long for one, is refused before anything is asked.
    private static async Task<IFormCollection?> FormOf(HttpContext http, IAntiforgery antiforgery)
    {
        if (!http.Request.HasFormContentType)
            return null;

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await antiforgery.IsRequestValidAsync(http) ? form : null;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static IResult Json(HttpContext http, string json)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(json, "application/json");
    }
}
