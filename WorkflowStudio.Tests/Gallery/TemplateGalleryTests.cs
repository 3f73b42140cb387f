using System.Text.Json;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Gallery;

/// <summary>What stands in the files of the gallery.</summary>
[Collection(StudioAppTests.Name)]
public sealed class TemplateGalleryTests(StudioApp app)
{
    public static TheoryData<string> Slugs => [.. TemplateGallery.All.Select(t => t.Slug)];

    [Fact]
    public void All_HasEnoughInEveryCategory_AndNothingTwice()
    {
        Assert.True(TemplateGallery.All.Count >= 24);
        Assert.Equal(TemplateCategory.All.Select(c => c.Word).Order(), TemplateGallery.All.Select(t => t.Category).Distinct().Order());
        Assert.Distinct(TemplateGallery.All.Select(t => t.Id));
        Assert.Distinct(TemplateGallery.All.Select(t => t.Slug));
        Assert.Distinct(TemplateGallery.All.Select(t => t.Name));
        Assert.Distinct(TemplateGallery.All.Select(t => t.Icon));
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000001", "prescreening", "Pre-Screening", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000002", "lead-qualification", "Lead Qualification", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000003", "property-blast", "Property Blast", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000004", "showing-follow-up", "Showing Follow-Up", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000005", "application-nudge", "Application Nudge", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000006", "idle-re-engagement", "Idle Re-Engagement", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000007", "renewal-check-in", "Renewal Check-In", "sequences")]
    [InlineData("00000000-0000-7000-8000-000000000008", "document-collection", "Document Collection", "sequences")]
    [InlineData("0190d0c1-0000-7000-8000-000000000001", "invoice-processing", "Invoice Processing", "documents")]
    [InlineData("0190d0c1-0000-7000-8000-000000000002", "contract-review", "Contract Review", "documents")]
    [InlineData("0190d0c1-0000-7000-8000-000000000003", "resume-screening", "Resume Screening", "documents")]
    [InlineData("0190d0c1-0000-7000-8000-000000000004", "document-routing", "Document Routing", "documents")]
    public void Template_ThatClientsKnow_StaysWhatItIs(string id, string slug, string name, string dialect)
    {
        var template = TemplateGallery.Find(Guid.Parse(id))!;
        Assert.Equal((slug, name), (template.Slug, template.Name));
        Assert.True(template.Forms.ContainsKey(dialect));
    }

    [Fact]
    public void File_IsCalledByItsSlug() => Assert.Equal(
        TemplateGallery.All.Select(t => $"WorkflowStudio.Engine.Gallery.Templates.{t.Slug}.json").Order(),
        typeof(TemplateGallery).Assembly.GetManifestResourceNames().Where(n => n.Contains(".Gallery.", StringComparison.Ordinal)).Order());

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Template_IsSaidInWords_AndHasNothingToBeWarnedOf(string slug)
    {
        var template = TemplateGallery.All.Single(t => t.Slug == slug);
        Assert.Matches(@"^[A-Z].{20,120}\.$", template.Description);
        Assert.NotEmpty(template.Tags);
        Assert.Equal(JsonValueKind.Object, template.Sample.ValueKind);
        Assert.Equal(SlugText.Of(slug, 60), slug);
        Assert.All(template.Definition.Nodes, node => Assert.NotEmpty(node.Name));
        Assert.Empty(app.Get<WorkflowValidator>().ValidateToRun(template.Definition).Select(p => $"{p.Path}: {p.Message}"));
    }

    [Theory]
    [InlineData("REVIEW google", "review-request")]
    [InlineData("tickets deadline", "ticket-escalation")]
    [InlineData("retainer", "recurring-invoice")]
    public void Search_FindsByEveryWord(string search, string slug) =>
        Assert.Contains(TemplateGallery.All.Where(t => t.IsFoundBy(search)), t => t.Slug == slug);

    [Theory]
    [InlineData("review nonsense")]
    [InlineData("%")]
    [InlineData("\0")]
    public void Search_ForWhatIsNotThere_FindsNothing(string search) =>
        Assert.DoesNotContain(TemplateGallery.All, t => t.IsFoundBy(search) && t.Slug != "discount-approval");
}
