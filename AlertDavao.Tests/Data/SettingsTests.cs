using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Data;

/// <summary>A setting that cannot be is named, in words, and the program ends with 1.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-settings-").FullName;

    [Theory]
    [InlineData("Production", "Demo__Enabled", "true", "Demo:Enabled")]
    [InlineData("Production", "Bench__Enabled", "true", "Bench:Enabled")]
    [InlineData("Production", "Storage__Path", "", "Storage:Path")]
    [InlineData("Staging", "Storage__Path", "  ", "Storage:Path")]
    [InlineData("Development", "Demo__ReplayPerMinute", "-1", "Demo:ReplayPerMinute")]
    [InlineData("Development", "Demo__ReplayPerMinute", "6001", "Demo:ReplayPerMinute")]
    [InlineData("Development", "Demo__ReplayPerMinute", "many", "Demo:ReplayPerMinute")]
    [InlineData("Development", "Demo__OfficersPerStation", "0", "Demo:OfficersPerStation")]
    [InlineData("Development", "Demo__Enabled", "perhaps", "Demo:Enabled")]
    [InlineData("Development", "Limits__IntakePerKeyPerMinute", "-1", "Limits:IntakePerKeyPerMinute")]
    [InlineData("Development", "Security__KnownProxies__0", "proxy.example", "Security:KnownProxies")]
    [InlineData("Production", "Security__AllowedOrigins__0", "http://board.example", "Security:AllowedOrigins")]
    [InlineData("Development", "Security__AllowedOrigins__0", "https://board.example/path", "Security:AllowedOrigins")]
    [InlineData("Production", "Security__IdleLockSeconds", "3600", "Security:IdleLockSeconds")]
    [InlineData("Development", "Limits__EvidenceFreeBytes", "1 GB", "Limits:EvidenceFreeBytes")]
    [InlineData("Development", "Limits__EvidenceBytesPerKeyPerDay", "-1", "Limits:EvidenceBytesPerKeyPerDay")]
    [InlineData("Development", "Database__Provider", "Oracle", "Database:Provider")]
    [InlineData("Development", "Security__PublicAddress", "board.example", "Security:PublicAddress")]
    [InlineData("Development", "Security__PublicAddress", "https://board.example/sub?x=1", "Security:PublicAddress")]
    [InlineData("Production", "Security__PublicAddress", "http://board.example", "Security:PublicAddress")]
    [InlineData("Development", "Metrics__Token", "0123456789012345678901234567890", "Metrics:Token")]
    [InlineData("Development", "Escalation__CriticalSeconds__0", "90", "Escalation:CriticalSeconds")]
    [InlineData("Development", "Smtp__Port", "70000", "Smtp:Port")]
    [InlineData("Development", "Smtp__StartTls", "maybe", "Smtp:StartTls")]
    [InlineData("Development", "Smtp__Host", "mail.example", "Smtp:From")]
    [InlineData("Development", "Smtp__From", "board@example.org", "Security:PublicAddress", "Smtp__Host", "mail.example")]
    [InlineData("Development", "Smtp__From", "nobody", "Smtp:From", "Smtp__Host", "mail.example")]
    public async Task A_setting_that_cannot_be_stops_the_start_and_is_named(string environment, string variable, string value, string named, string besides = "Besides", string besidesValue = "")
    {
        var ended = await BuiltProgram.Run(new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__Path"] = _storage,
            [besides] = besidesValue,
            [variable] = value,
        });

        ended.ExitCode.Should().Be(1);
        ended.Errors.Should().Contain(named).And.NotContain("   at ").And.NotContain("Unhandled");
        ended.Errors.Trim().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public void The_settings_file_at_the_root_is_read()
    {
        using var app = TestApp.Start();

        // These values stand in that file alone.
        var settings = app.Services.GetRequiredService<IConfiguration>();
        settings["Logging:LogLevel:Microsoft.AspNetCore"].Should().Be("Warning");
        settings["Database:Provider"].Should().Be("Sqlite");
    }

    public void Dispose() => Directory.Delete(_storage, recursive: true);
}
