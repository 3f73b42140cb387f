using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Identity.Storage;

/// <summary>People and how they sign in, in the studio's database with a migration history of its own.</summary>
internal class IdentityDb(DbContextOptions options) : IdentityUserContext<StudioUser, Guid>(options)
{
    /// <summary>The table of applied migrations.</summary>
    public const string HistoryTable = "__IdentityMigrations";

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<ResetLinkRow> ResetLinks => Set<ResetLinkRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<StudioUser>().ToTable("users").Property(u => u.Name).HasMaxLength(120);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("user_passkeys");
        builder.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions").HasKey(s => s.Id);
            session.Property(s => s.Id).ValueGeneratedNever();
            session.Property(s => s.Address).HasMaxLength(SessionRow.MaxText);
            session.Property(s => s.Browser).HasMaxLength(SessionRow.MaxText);
            session.HasIndex(s => s.ExpiresAt);
            session.HasOne<StudioUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<InvitationRow>(invitation =>
        {
            invitation.ToTable("invitations").HasKey(i => i.Id);
            invitation.Property(i => i.Id).ValueGeneratedNever();
            invitation.Property(i => i.Email).HasMaxLength(InvitationRow.MaxEmail);
            invitation.Property(i => i.NormalizedEmail).HasMaxLength(InvitationRow.MaxEmail);
            invitation.Property(i => i.By).HasMaxLength(120);
            invitation.HasIndex(i => i.Hash).IsUnique();
            invitation.HasIndex(i => new { i.WorkspaceId, i.NormalizedEmail }).IsUnique();
        });
        builder.Entity<ResetLinkRow>(link =>
        {
            link.ToTable("reset_links").HasKey(l => l.UserId);
            link.Property(l => l.UserId).ValueGeneratedNever();
            link.HasIndex(l => l.Hash).IsUnique();
            link.HasOne<StudioUser>().WithOne().HasForeignKey<ResetLinkRow>(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
