namespace AlertDavao.Dashboard.Shell;

internal static class ShellRoutes
{
    public const string Board = "/";
    public const string Reports = "/reports";
    public const string Report = Reports + "/{Id:guid}";
    public const string FileReport = Reports + "/new";
    public const string Transfers = "/transfers";
    public const string Station = "/station";
    public const string City = "/city";
    public const string Plan = City + "/plan";
    public const string Audit = "/audit";
    public const string Keys = "/keys";
    public const string Operations = "/operations";
    public const string NotFound = "/not-found";
    public const string Error = "/error";
    public const string NoPermission = "/no-permission";
}
