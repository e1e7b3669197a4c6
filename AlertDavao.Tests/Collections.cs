using AlertDavao.Tests.Browser;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AlertDavao.Tests.LongRowsFirst", "AlertDavao.Tests")]

namespace AlertDavao.Tests;

/// <summary>Tests of the intake share one running product and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class IntakeTests : ICollectionFixture<LoggedApp>
{
    public const string Name = "Intake";
}

/// <summary>Tests of who may do and see what share another one.</summary>
[CollectionDefinition(Name)]
public sealed class SecurityTests : ICollectionFixture<LoggedApp>
{
    public const string Name = "Security";
}

/// <summary>Tests that start the program as a process of its own run one after the other: each start takes a processor.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests
{
    public const string Name = "Process";
}

/// <summary>The rows that take longest begin first: whatever begins last is waited for with a processor idle.</summary>
public sealed class LongRowsFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [OtherBrowsers.Name, Browsers.Name, ProcessTests.Name, SecurityTests.Name, IntakeTests.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
        => testCollections.OrderBy(row => Array.IndexOf(Long, row.DisplayName) is >= 0 and var at ? at : Long.Length);
}
