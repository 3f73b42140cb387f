[assembly: TestFramework("WorkflowStudio.Tests.Support.Postgres.PostgresTestFramework", "WorkflowStudio.E2E")]
