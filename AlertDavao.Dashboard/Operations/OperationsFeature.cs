namespace AlertDavao.Dashboard.Operations;

internal static class OperationsFeature
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(MetricsOptions.From(builder.Configuration));
        builder.Services.AddSingleton<Sampler>();
        builder.Services.AddSingleton<Sights>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Sights>());
        Metrics.Add(builder.Services);
    }

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        Metrics.Map(app);
        Receipts.Map(app);
    }
}
