namespace AlertDavao.Dashboard.Meters;

internal static class MetersFeature
{
    public static void AddMeters(this IServiceCollection services) => services.AddMetrics().AddSingleton<ProductMeter>();
}
