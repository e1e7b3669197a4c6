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
