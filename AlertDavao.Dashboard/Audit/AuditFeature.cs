namespace AlertDavao.Dashboard.Audit;

internal static class AuditFeature
{
    public static void AddAudit(this IServiceCollection services) => services.AddSingleton<VerifyAudit>().AddSingleton<ReadAudit>().AddSingleton<ReadStationAudit>();
}
