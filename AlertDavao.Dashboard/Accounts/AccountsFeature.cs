using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlertDavao.Dashboard.Accounts;

internal static class AccountsFeature
{
    public const int MinPassword = 12;
    public const int MaxPassword = 256;

    /// <summary>The policy of what a session may do that may only set up a second step; full ones may too.</summary>
    public const string Holders = "holders";

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<Account>(Rules)
            .AddEntityFrameworkStores<AlertDavaoDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton(SessionOptions.From(builder.Configuration));
        services.AddSingleton(AllowedOrigins.From(builder.Configuration, builder.Environment));
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<EndSessions>();
        services.AddDeviceTokens();
        services.AddHostedService<SessionWatch>();
        services.AddSingleton<ReadSessions>();
        services.AddSingleton<AdministeredAccounts>();
        services.AddSingleton<LockAccount>();
        services.AddSingleton<EndOthersSessions>();
        services.AddSingleton<ChangeRole>();
        services.AddSingleton<Screens>();
        services.AddSingleton<HubGuard>();
        services.Configure<HubOptions>(hub => hub.AddFilter<HubGuard>());
        services.AddSignInMeans(builder);
        builder.AddAccountLinks();
        services.AddScoped<ChangePassword>();
        services.AddScoped<ConfirmSession>();
        services.AddSingleton<RenewSession>();
        services.AddSingleton<SignInLimit>();
        services.AddScoped<CreateCityDesk>();
        services.AddSingleton<ReadDuties>();
        services.ConfigureApplicationCookie(cookie => Cookie(cookie, builder.Environment));
        // What no one thought of is closed: an endpoint opens itself by saying so.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Holders, policy => policy.RequireAssertion(caller => AccountClaims.HolderOf(caller.User) is not null));
    }

    private static void AddSignInMeans(this IServiceCollection services, WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        services.AddSingleton(new SecondStepOptions(IsRequired: !settings.Flag("Demo:Enabled", builder.Environment.IsDevelopment())));
        services.AddSingleton<SecondSteps>();
        services.AddSingleton<SealedCookies>();
        services.AddSingleton<SignInTries>();
        services.AddSingleton<OpenSession>();
        services.AddSingleton<StepCodes>();
        services.AddSingleton<RedeemCode>();
        services.AddSingleton<PasskeyQuestions>();
        services.AddSingleton<ReadPasskeys>();
        services.AddSingleton<RemovePasskey>();
        services.AddScoped<SignIn>();
        services.AddScoped<AnswerStep>();
        services.AddScoped<ConfirmPassword>();
        services.AddScoped<TurnStepOn>();
        services.AddScoped<TurnStepOff>();
        services.AddScoped<MakeRecoveryCodes>();
        services.AddScoped<AddPasskey>();
        services.AddScoped<SignInWithPasskey>();
        services.TryAddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = settings["Security:PasskeyDomain"] is { Length: > 0 } domain ? domain : null;
            passkeys.UserVerificationRequirement = "required";
            // So that a device offers it without being told whose it is.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && HubDoor.IsOwn(asked.HttpContext.Request, asked.Origin));
        });
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var screens = app.ServiceProvider.GetRequiredService<Screens>();
        app.ServiceProvider.GetRequiredService<ProductMeter>()
            .Watch(ProductMeter.Circuits, "{circuit}", "Circuits of screens that are connected.", () => screens.Open);
        PasskeyEndpoints.Map(app);
        app.MapPost(AccountRoutes.SignOut, SignOut).RequireAuthorization(Holders).WithMetadata(new SessionLock.Stays());
        app.MapPost(AccountRoutes.Confirm, Confirm)
            .WithMetadata(new SessionLock.Stays(), new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(PasskeyEndpoints.MaxBytes));
        // Said by the page when somebody touches it; it opens nothing, and the door has asked where it comes from.
        app.MapPost(AccountRoutes.SessionInput, (HttpContext http, SessionDirectory sessions) =>
        {
            if (AccountClaims.SessionOf(http.User) is { } session)
                sessions.Touch(session);
            return Results.NoContent();
        }).WithMetadata(new SessionLock.Stays(), new HubDoor.FromOwnPages());
        app.MapPost(AccountRoutes.EndSession, EndOne);
        app.MapPost(AccountRoutes.EndSessions, EndAll);
        app.MapPost(AccountRoutes.RevokeDevice, RevokeOne);
        app.MapPost(AccountRoutes.Lock, (HttpContext http, Guid officer, IAntiforgery antiforgery, LockAccount locks)
            => Administer(http, antiforgery, actor => locks.Run(actor, officer, locks: true)));
        app.MapPost(AccountRoutes.Unlock, (HttpContext http, Guid officer, IAntiforgery antiforgery, LockAccount locks)
            => Administer(http, antiforgery, actor => locks.Run(actor, officer, locks: false)));
        app.MapPost(AccountRoutes.EndOthers, (HttpContext http, Guid officer, IAntiforgery antiforgery, EndOthersSessions ends)
            => Administer(http, antiforgery, actor => ends.Run(actor, AccountClaims.SessionOf(http.User), officer)));
        app.MapPost(AccountRoutes.Role, ChangeRole);
        // Whether the session still stands, and the server's clock for ages and latencies.
        app.MapGet(AccountRoutes.Session, (HttpContext http, TimeProvider time) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var isFull = AccountClaims.OfficerOf(http.User) is { } officer && screens.IsFull(officer);
            return Results.Ok(new { now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds, isFull });
        }).WithMetadata(new SessionLock.Stays());
    }

    // A page's script asks beside the page; a form without it is taken back where it came from.
    private static async Task<IResult> Confirm(HttpContext http, IAntiforgery antiforgery, ConfirmSession confirm)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        var form = await http.Request.ReadFormAsync();
        var credential = form[PasskeyEndpoints.Credential].ToString();
        var isOpen = await confirm.Run(http, credential.Length > 0 ? credential : form["password"].ToString(), isPasskey: credential.Length > 0);
        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
            return Results.Ok(new { isOpen });

        var back = form[SessionLock.Back].ToString();
        return Results.LocalRedirect(isOpen && Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult.IsLocalUrl(back) ? back : ShellRoutes.Board);
    }

    private static async Task<IResult> SignOut(HttpContext http, IAntiforgery antiforgery, EndSessions end)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        if (AccountClaims.HolderOf(http.User) is { } holder)
            await end.Own(holder.Officer, holder.Session, asking: holder.Session);
        await SessionCookie.Remove(http);
        return Results.LocalRedirect(AccountRoutes.SignIn);
    }

    private static async Task<IResult> EndOne(HttpContext http, Guid session, IAntiforgery antiforgery, EndSessions end)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        return AccountClaims.OfficerOf(http.User) is { } officer && await end.Own(officer, session)
            ? Results.LocalRedirect(AccountRoutes.Account)
            : Results.NotFound();
    }

    private static async Task<IResult> EndAll(HttpContext http, IAntiforgery antiforgery, EndSessions end)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        if (AccountClaims.OfficerOf(http.User) is { } officer)
            await end.AllOf(officer, officer, AccountClaims.SessionOf(http.User));
        await SessionCookie.Remove(http);
        return Results.LocalRedirect(AccountRoutes.SignInAnew);
    }

    private static async Task<IResult> ChangeRole(HttpContext http, Guid officer, IAntiforgery antiforgery, ChangeRole change)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        var form = await http.Request.ReadFormAsync();
        if (AccountClaims.OfficerOf(http.User) is not { } actor || !Enum.TryParse<DutyRole>(form["role"], out var role) || !Enum.IsDefined(role))
            return Results.NotFound();
        return await change.Run(actor, officer, form["station"].ToString(), role) switch
        {
            RoleChange.Done => Results.LocalRedirect(AccountRoutes.Accounts),
            RoleChange.LastAdmin => Results.LocalRedirect(AccountRoutes.LastAdmin),
            _ => Results.NotFound(),
        };
    }

    private static async Task<IResult> RevokeOne(HttpContext http, Guid device, IAntiforgery antiforgery, RevokeDevice revoke)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        return AccountClaims.OfficerOf(http.User) is { } officer && await revoke.Run(officer, device)
            ? Results.LocalRedirect(AccountRoutes.Account)
            : Results.NotFound();
    }

    private static async Task<IResult> Administer(HttpContext http, IAntiforgery antiforgery, Func<Guid, Task<bool>> act)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        return AccountClaims.OfficerOf(http.User) is { } actor && await act(actor)
            ? Results.LocalRedirect(AccountRoutes.Accounts)
            : Results.NotFound();
    }

    private static void Rules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        // Length over composition.
        options.Password.RequiredLength = MinPassword;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    private static void Cookie(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions cookie, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        cookie.Cookie.Name = isDevelopment ? "alertdavao" : "__Host-alertdavao";
        cookie.Cookie.HttpOnly = true;
        // Lax: a colleague's link must open signed in; the hub checks the origin besides.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        // The session in the database says when it is over, and may be renewed in place; the cookie outlives it.
        cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
        cookie.SlidingExpiration = false;
        cookie.LoginPath = AccountRoutes.SignIn;
        cookie.AccessDeniedPath = ShellRoutes.NoPermission;
        cookie.Events.OnValidatePrincipal = SessionCookie.Validate;
        cookie.Events.OnRedirectToLogin = http => Refuse(http, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = http => Refuse(http, StatusCodes.Status403Forbidden);
    }

    // A program is told; a person is taken to the form.
    private static Task Refuse(
        Microsoft.AspNetCore.Authentication.RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> http, int status)
    {
        if (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments(HubDoor.Path))
            http.Response.StatusCode = status;
        else
            http.Response.Redirect(AccountClaims.HolderOf(http.HttpContext.User) is { SetsUp: true } ? AccountRoutes.SecondStep : http.RedirectUri);
        return Task.CompletedTask;
    }
}
