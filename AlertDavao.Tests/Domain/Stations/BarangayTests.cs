using AlertDavao.Domain.Stations;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Domain.Stations;

public sealed class BarangayTests
{
    private static readonly Barangay Agdao = new("1130700002", "Agdao Proper", "PS1", Polygon.Empty) { Aliases = "AGDAO\nAgdao (Pob.)" };

    [Theory]
    [InlineData("Agdao Proper")]
    [InlineData("agdao proper")]
    [InlineData("  AGDAO PROPER ")]
    [InlineData("agdao")]
    [InlineData("Agdao (Pob.)")]
    public void A_barangay_answers_to_its_name_and_its_aliases(string words)
        => Agdao.IsCalled(words).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Agda")]
    [InlineData("Agdao Proper, Davao")]
    [InlineData("AGDAO\nAgdao (Pob.)")]
    [InlineData("1130700002")]
    [InlineData("PS1")]
    public void A_barangay_does_not_answer_to_other_words(string words)
        => Agdao.IsCalled(words).Should().BeFalse();

    [Fact]
    public void A_barangay_without_aliases_answers_to_its_name_alone()
        => new Barangay("1", "Eden", "PS19", Polygon.Empty).IsCalled("Los Amigos").Should().BeFalse();
}
