namespace AlertDavao.Dashboard.Accounts;

internal static class AccountRoutes
{
    public const string Account = "/account";
    public const string SignIn = "/account/login";
    public const string SignInAnew = SignIn + "?ended=true";
    public const string SignInChanged = SignIn + "?changed=true";
    public const string SignInPasskeyRefused = SignIn + "?passkey=refused";
    public const string SignInCode = SignIn + "/code";
    public const string PasskeySignIn = SignIn + "/passkey";
    public const string PasskeySignInOptions = PasskeySignIn + "/options";
    public const string SecondStep = "/account/second-step";
    public const string SecondStepRefused = SecondStep + "?refused=true";
    public const string Passkeys = "/account/passkeys";
    public const string PasskeyOptions = Passkeys + "/options";
    public const string RemovePasskey = Passkeys + "/remove";
    public const string PasskeyAdded = Account + "?passkey=added";
    public const string PasskeyRefused = Account + "?passkey=refused";
    public const string PasskeyRequired = Account + "?passkey=required";
    public const string Forgot = "/account/forgot";
    public const string Invitation = "/account/invitation";
    public const string Reset = "/account/reset";
    public const string EndSession = "/account/sessions/{session:guid}/end";
    public const string EndSessions = "/account/sessions/end";
    public const string RevokeDevice = "/account/devices/{device:guid}/revoke";
    public const string Accounts = "/accounts";
    public const string Lock = Accounts + "/{officer:guid}/lock";
    public const string Unlock = Accounts + "/{officer:guid}/unlock";
    public const string Role = Accounts + "/{officer:guid}/role";
    public const string LastAdmin = Accounts + "?refused=last-admin";
    public const string EndOthers = Accounts + "/{officer:guid}/end-sessions";
    public const string TooManyScreens = "/too-many-screens";
    public const string SignOut = "/account/logout";
    public const string Session = "/api/session";
    public const string SessionInput = Session + "/input";
    public const string Confirm = "/account/confirm";

    /// <summary>The address of an act on an officer's account.</summary>
    public static string Of(string route, Guid officer) => route.Replace("{officer:guid}", officer.ToString(), StringComparison.Ordinal);
}
