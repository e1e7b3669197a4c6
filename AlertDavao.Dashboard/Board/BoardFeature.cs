using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;

namespace AlertDavao.Dashboard.Board;

internal static class BoardFeature
{
    public static void AddBoard(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(AlertOptions.From(configuration));
        services.AddSingleton<LiveBus>();
        services.AddSingleton<ScopeDirectory>();
        services.AddSingleton<Presence>();
        services.AddSingleton<ViewedReports>();
        services.AddSingleton<SoundWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SoundWatch>());
        services.AddSingleton<StationWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<StationWatch>());
        services.AddSingleton<TailReader>();
        services.AddSingleton<StationTails>();
        services.AddSingleton<BoardReader>();
        services.AddSingleton<BoardFrames>();
        services.AddSingleton<Feeds>();
        services.AddHostedService(provider => provider.GetRequiredService<Feeds>());
        services.AddHostedService<FanOut>();
        services.AddScoped<BoardFeed>();
    }
}
