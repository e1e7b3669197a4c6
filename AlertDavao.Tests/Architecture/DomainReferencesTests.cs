using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Architecture;

/// <summary>The domain is plain C#: geometry is its one package, and time comes in as an argument.</summary>
public sealed class DomainReferencesTests
{
    private static readonly Assembly TheDomain = typeof(Report).Assembly;

    [Fact]
    public void The_domain_references_only_geometry_and_the_base_libraries()
        => TheDomain.GetReferencedAssemblies().Select(name => name.Name!)
            .Should().Contain("NetTopologySuite")
            .And.OnlyContain(name => name == "NetTopologySuite" || name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_domain_reaches_no_web_server_database_network_or_file()
        => TheDomain.GetReferencedAssemblies().Select(name => name.Name!)
            .Should().NotContain(name => name.StartsWith("Microsoft.", StringComparison.Ordinal)
                || name.StartsWith("System.Data", StringComparison.Ordinal)
                || name.StartsWith("System.Net", StringComparison.Ordinal)
                || name.StartsWith("System.IO", StringComparison.Ordinal));

    [Fact]
    public void The_domain_holds_no_clock_no_time_zone_and_no_dice()
        => ReferencedTypes().Should().Contain("System.DateTimeOffset").And.NotContain(
            ["System.TimeProvider", "System.TimeZoneInfo", "System.Diagnostics.Stopwatch", "System.Random"]);

    [Fact]
    public void The_domain_asks_the_machine_for_no_time_id_or_setting()
        => ReferencedMembers().Should().Contain("ToUniversalTime").And.NotContain(
            ["get_Now", "get_UtcNow", "get_Today", "get_TickCount", "get_TickCount64", "GetTimestamp", "NewGuid", "CreateVersion7",
            "GetEnvironmentVariable", "get_CurrentCulture", "get_MachineName"]);

    private static List<string> ReferencedTypes()
        => Read(metadata => metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"));

    private static List<string> ReferencedMembers()
        => Read(metadata => metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Select(member => metadata.GetString(member.Name)));

    private static List<string> Read(Func<MetadataReader, IEnumerable<string>> read)
    {
        using var file = new PEReader(File.OpenRead(TheDomain.Location));
        return [.. read(file.GetMetadataReader())];
    }
}
