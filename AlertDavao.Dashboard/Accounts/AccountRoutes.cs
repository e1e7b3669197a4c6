namespace AlertDavao.Dashboard.Accounts;

internal static class AccountRoutes
{
    public const string Account = "/account";
    public const string SignIn = "/account/login";
    public const string SignOut = "/account/logout";
    public const string Session = "/api/session";
}
