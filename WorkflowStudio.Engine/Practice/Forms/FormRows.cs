using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>A form that people fill in without an account.</summary>
public sealed class FormRow : TenantRow
{
    public required string Name { get; set; }

    public string Title { get; set; } = "";

    public string Intro { get; set; } = "";

    public string Thanks { get; set; } = "";

    public FormStatus Status { get; set; }

    /// <summary>From then on it takes nothing any more; null for no end.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>The fields as JSON, see <see cref="FormJson"/>.</summary>
    public required string Fields { get; set; }

    /// <summary>The secret of its address: whoever has it can fill it in.</summary>
    public required string Token { get; set; }

    /// <summary>Grows by one with every change.</summary>
    public int Revision { get; set; } = 1;

    public DateTimeOffset UpdatedAt { get; set; }

    internal Form Told(StudioAddress address) =>
        new(Id, Content, address.Form(Token), Revision, CreatedAt, UpdatedAt);

    internal FormContent Content
    {
        get => new()
        {
            Name = Name, Title = Title, Intro = Intro, Thanks = Thanks, Status = Status, ClosesAt = ClosesAt,
            Fields = FormJson.Fields(Fields),
        };
        set => (Name, Title, Intro, Thanks, Status, ClosesAt, Fields) = (
            value.Name, value.Title, value.Intro, value.Thanks, value.Status, value.ClosesAt, FormJson.Of(value.Fields));
    }
}

/// <summary>What somebody has sent by a form. Its effect key is that of the page on which it was filled in.</summary>
public sealed class FormSubmissionRow : TenantRow
{
    public Guid FormId { get; set; }

    /// <summary>The values by the keys of the fields, as a JSON object.</summary>
    public required string Values { get; set; }

    /// <summary>Who it came from; null where nobody can be told by it.</summary>
    public Guid? ContactId { get; set; }
}

/// <summary>
/// A run that a submission has started: it is not counted a second time. The row goes with the run, whatever becomes of the submission.
/// </summary>
public sealed class FormRunRow
{
    public Guid RunId { get; set; }

    public Guid SubmissionId { get; set; }
}

internal sealed class FormConfiguration :
    IEntityTypeConfiguration<FormRow>, IEntityTypeConfiguration<FormSubmissionRow>, IEntityTypeConfiguration<FormRunRow>
{
    public void Configure(EntityTypeBuilder<FormRow> builder)
    {
        builder.ToTable("forms");
        builder.HasOneEffectPerKey();
        builder.HasIndex(f => f.Token).IsUnique();
        // ids are made in the order of time
        builder.HasIndex(f => new { f.WorkspaceId, f.Environment, f.Id });
    }

    public void Configure(EntityTypeBuilder<FormSubmissionRow> builder)
    {
        builder.ToTable("form_submissions");
        builder.HasOneEffectPerKey();
        builder.HasIndex(s => new { s.WorkspaceId, s.Environment, s.Id });
        // with the tenant, which every question names: else the index of all that it has is taken for them
        builder.HasIndex(s => new { s.WorkspaceId, s.Environment, s.FormId, s.Id });
        builder.HasIndex(s => new { s.WorkspaceId, s.Environment, s.ContactId, s.Id }).HasFilter("\"ContactId\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<FormRunRow> builder)
    {
        builder.ToTable("form_runs");
        builder.HasKey(r => r.RunId);
        builder.HasIndex(r => r.SubmissionId);
    }
}

/// <summary>The tables of forms.</summary>
internal static class FormTables
{
    extension(StudioDbContext db)
    {
        public DbSet<FormRow> Forms => db.Set<FormRow>();

        public DbSet<FormSubmissionRow> FormSubmissions => db.Set<FormSubmissionRow>();

        public DbSet<FormRunRow> FormRuns => db.Set<FormRunRow>();
    }
}
