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
